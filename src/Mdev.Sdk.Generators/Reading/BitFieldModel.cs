namespace Mdev.Sdk.Generators.Reading;

/// <summary>A property with <c>[Bits]</c>.</summary>
/// <param name="Property">The declaration to complete.</param>
/// <param name="High">Most significant bit; within the value even where the declaration is not.</param>
/// <param name="Low">Least significant bit.</param>
/// <param name="IsBool">Whether it is a flag rather than a number.</param>
internal sealed record BitFieldModel(PartialProperty Property, int High, int Low, bool IsBool)
{
    public ulong Ones => ulong.MaxValue >> (63 - (High - Low));
}
