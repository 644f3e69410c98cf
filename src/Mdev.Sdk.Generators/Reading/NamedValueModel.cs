namespace Mdev.Sdk.Generators.Reading;

/// <summary>A member of an enum that a register or field has as its type.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Value">Its value.</param>
/// <param name="Description">Its summary.</param>
internal sealed record NamedValueModel(string Name, ulong Value, string Description);
