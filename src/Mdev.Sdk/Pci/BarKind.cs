namespace Mdev.Sdk.Pci;

/// <summary>What a base address register decodes. Source: PCI Local Bus 3.0, section 6.2.5.1.</summary>
public enum BarKind
{
    /// <summary>I/O ports: 4 to 256 bytes.</summary>
    Io,

    /// <summary>32-bit memory, not prefetchable: 16 bytes and more.</summary>
    Memory32,

    /// <summary>32-bit memory that can be read ahead: 16 bytes and more.</summary>
    Memory32Prefetchable,

    /// <summary>64-bit memory, not prefetchable: 16 bytes and more. It takes the next BAR too.</summary>
    Memory64,

    /// <summary>64-bit memory that can be read ahead: 16 bytes and more. It takes the next BAR too.</summary>
    Memory64Prefetchable,
}
