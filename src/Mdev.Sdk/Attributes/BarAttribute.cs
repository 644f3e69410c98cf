using Mdev.Sdk.Pci;

namespace Mdev.Sdk;

/// <summary>
/// Puts registers or memory behind a base address register. The property's type is a class with
/// <see cref="RegisterBlockAttribute"/>, a <see cref="Device.MemoryRegion"/> or a <see cref="Device.DoorbellArea"/>; what a type of device does
/// not have is <see langword="null"/> once the constructor has run. Several properties may share a BAR, each at an
/// <see cref="Offset"/> of its own; between them it reads as zero. The BAR's size is what they need, rounded up to what one can decode.
/// </summary>
/// <param name="index">0 to 5.</param>
/// <param name="kind">What the BAR decodes; the same for all that share it.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class BarAttribute(int index, BarKind kind) : Attribute
{
    /// <summary>0 to 5.</summary>
    public int Index { get; } = index;

    /// <summary>What the BAR decodes.</summary>
    public BarKind Kind { get; } = kind;

    /// <summary>Bytes from the start of the BAR; for memory that clients map, a multiple of the page size.</summary>
    public ulong Offset { get; set; }

    /// <summary>
    /// Bytes of the whole BAR, a power of two, where its data sheet has more than what is declared in it; no more than needed if not given.
    /// </summary>
    public ulong Size { get; set; }

    /// <summary>
    /// Whether clients may map the property's memory. Without, each access is a call, and is seen. Registers are never mapped, nor is
    /// anything behind I/O ports.
    /// </summary>
    public bool Mapped { get; set; } = true;
}
