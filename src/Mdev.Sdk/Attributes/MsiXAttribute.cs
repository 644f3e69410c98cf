namespace Mdev.Sdk;

/// <summary>
/// Connects an <see cref="Interrupts.InterruptLine"/> property to an MSI-X vector (VFIO_PCI_MSIX_IRQ_INDEX). Where the table lies is
/// said by <see cref="MsiXTableAttribute"/>; without it, in a BAR of its own, the first that is free. A line with more than one of
/// <see cref="IntXAttribute"/>, <see cref="MsiAttribute"/> and this takes the one that the client has enabled.
/// </summary>
/// <param name="vector">0 to 2047. Lines may share one.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class MsiXAttribute(int vector = 0) : Attribute
{
    /// <summary>0 to 2047.</summary>
    public int Vector { get; } = vector;
}
