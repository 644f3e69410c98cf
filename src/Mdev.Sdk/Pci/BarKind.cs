namespace Mdev.Sdk.Pci;

/// <summary>What a base address register decodes. Source: PCI Local Bus 3.0, section 6.2.5.1.</summary>
public enum BarKind
{
    /// <summary>I/O ports: 4 to 256 bytes.</summary>
    Io,

    /// <summary>32-bit memory, not prefetchable: 16 bytes and more.</summary>
    Memory32,
}
