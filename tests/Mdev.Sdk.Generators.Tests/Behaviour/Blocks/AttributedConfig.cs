namespace Mdev.Sdk.Generators.Tests.Behaviour.Blocks;

/// <summary>What types differ in, and show.</summary>
public sealed partial record AttributedConfig([property: MdevAttribute] int Ports, [property: MdevAttribute("vendor/kind")] Mode Kind)
{
    [MdevAttribute] public IReadOnlyList<string> Formats { get; init; } = [];
}
