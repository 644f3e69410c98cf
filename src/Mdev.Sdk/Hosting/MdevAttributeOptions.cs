namespace Mdev.Sdk.Hosting;

/// <summary>
/// A value for an attribute. A pair and no dictionary: configuration sorts keys, and the order of attributes matters.
/// </summary>
public sealed class MdevAttributeOptions
{
    /// <summary>The attribute's name; required.</summary>
    public string? Name { get; set; }

    /// <summary>What is written to it; required, may be empty.</summary>
    public string? Value { get; set; }
}
