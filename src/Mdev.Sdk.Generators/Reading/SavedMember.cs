namespace Mdev.Sdk.Generators.Reading;

/// <summary>A field or property with <c>[Saved]</c>.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Target">As code spells it, <c>this.</c> in front.</param>
/// <param name="Type">Type of the value, or of each element.</param>
/// <param name="IsArray">Whether it is an array.</param>
/// <param name="Nullable">Whether the array may be null.</param>
/// <param name="IsFixed">Whether it is an array that cannot be assigned.</param>
internal sealed record SavedMember(string Name, string Target, SavedType Type, bool IsArray, bool Nullable, bool IsFixed);
