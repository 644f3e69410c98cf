namespace Mdev.Sdk;

/// <summary>
/// Connects an <see cref="Interrupts.InterruptLine"/> property to the device's INTx pin (VFIO_PCI_INTX_IRQ_INDEX). A
/// device has one pin; it is high while any of its lines is. Where the client has enabled MSI or MSI-X, a line that has both uses
/// that.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class IntXAttribute : Attribute
{
    /// <summary>Interrupt Pin register: 1 is INTA, 4 is INTD.</summary>
    public byte Pin { get; set; } = 1;
}
