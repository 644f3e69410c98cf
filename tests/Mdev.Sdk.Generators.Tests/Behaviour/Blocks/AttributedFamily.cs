using Mdev.Sdk.Device;

namespace Mdev.Sdk.Generators.Tests.Behaviour.Blocks;

/// <summary>What several devices share.</summary>
public abstract partial class AttributedFamily : VfioDevice
{
    [MdevAttribute] protected virtual string? Serial => null;
    [MdevAttribute("family/limit")] protected byte Limit { get; set; } = 7;
}
