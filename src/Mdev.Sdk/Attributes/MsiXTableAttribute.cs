using Mdev.Sdk.Pci;

namespace Mdev.Sdk;

/// <summary>
/// Says where the MSI-X table and the Pending Bit Array lie, for lines with <see cref="MsiXAttribute"/>. Source: PCI Local Bus 3.0,
/// section 6.8.2.
/// </summary>
/// <param name="bar">0 to 5: a memory BAR of its own, or one of registers, which must not overlap with either.</param>
[AttributeUsage(AttributeTargets.Class)]
public sealed class MsiXTableAttribute(int bar) : Attribute
{
    /// <summary>0 to 5.</summary>
    public int Bar { get; } = bar;

    /// <summary>What a BAR of its own decodes; one of registers says it itself.</summary>
    public BarKind Kind { get; set; } = BarKind.Memory32;

    /// <summary>Offset of the table in the BAR, a multiple of 8. It has 16 bytes for each vector.</summary>
    public uint Table { get; set; }

    /// <summary>Offset of the Pending Bit Array in the BAR, a multiple of 8; if not given, directly behind the table. It has 8 bytes for each 64 vectors.</summary>
    public uint Pba { get; set; }

    /// <summary>1 to 2048; if not given, as many as the highest that a line asks for.</summary>
    public int Vectors { get; set; }

    /// <summary>Offset of the capability in config space; 0 for the next free one.</summary>
    public int Offset { get; set; }
}
