namespace Mdev.Sdk.Generators.Reading;

/// <summary>A property with <c>[Bar]</c>.</summary>
internal sealed record BarModel(int Index, string Kind, string Property)
{
    /// <summary>The attribute's named arguments, as code writes them; empty for all of a BAR.</summary>
    public string Options { get; init; } = "";
}
