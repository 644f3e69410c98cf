namespace Mdev.Sdk;

/// <summary>Connects an <see cref="Interrupts.InterruptLine"/> property to an MSI vector (VFIO_PCI_MSI_IRQ_INDEX).</summary>
/// <param name="vector">0 to 31. The device offers as many vectors as the highest one asks for, rounded up to a power of two.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class MsiAttribute(int vector = 0) : Attribute
{
    /// <summary>0 to 31.</summary>
    public int Vector { get; } = vector;

    /// <summary>
    /// Whether config space shows an MSI capability. Without one a guest driver cannot find MSI, though a VFIO client
    /// can use it: so does the kernel's mtty.
    /// </summary>
    public bool Capability { get; set; } = true;
}
