namespace Mdev.Sdk.Generators.Reading;

/// <summary>What the type of a register's value says of its bits.</summary>
/// <param name="Name">The type's short name.</param>
/// <param name="Fields">Of a struct of bit fields, or of an enum with <c>[Flags]</c>; in source order.</param>
/// <param name="Values">Members of any other enum.</param>
internal sealed record MapTypeModel(string Name, EquatableArray<MapFieldModel> Fields, EquatableArray<NamedValueModel> Values)
{
    public bool IsPlain => Fields.Count + Values.Count == 0;
}
