namespace Mdev.Sdk.Generators.Reading;

/// <summary>A field as the register map shows it.</summary>
/// <param name="Name">The member's name.</param>
/// <param name="High">Most significant bit.</param>
/// <param name="Low">Least significant bit.</param>
/// <param name="IsFlag">Whether it is a bool.</param>
/// <param name="Access">What the field itself says; 0 where the register does.</param>
/// <param name="Reset">What the field itself says, not shifted.</param>
/// <param name="CombinesValues">Whether its values are flags.</param>
/// <param name="Values">Members of its enum.</param>
/// <param name="Description">Its summary.</param>
internal sealed record MapFieldModel(
    string Name,
    int High,
    int Low,
    bool IsFlag,
    int Access,
    ulong Reset,
    bool CombinesValues,
    EquatableArray<NamedValueModel> Values,
    string Description)
{
    public ulong Mask => (ulong.MaxValue >> (63 - (High - Low))) << Low;
}
