using Mdev.Sdk.Pci;

namespace Mdev.Sdk;

/// <summary>
/// Makes a PCI device a PCI Express endpoint: it has the capability, and 4096 bytes of config space. Speed and width of the link are
/// what a guest shows; they slow nothing down. Source: PCI Express Base 5.0, section 7.5.3.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class PciExpressAttribute : Attribute
{
    /// <summary>Speed of the link.</summary>
    public LinkSpeed Speed { get; set; } = LinkSpeed.Gen1;

    /// <summary>Lanes of the link.</summary>
    public LinkWidth Width { get; set; } = LinkWidth.X1;

    /// <summary>Whether software can reset the function by Initiate FLR, which is a warm reset. Source: section 6.6.2.</summary>
    public bool FunctionLevelReset { get; set; } = true;

    /// <summary>Offset of the capability in config space; 0 for the next free one.</summary>
    public int Offset { get; set; }
}
