namespace Mdev.Sdk.Testing;

/// <summary>What a SET_IRQS does and with which data: one value of each group. Source: linux/vfio.h, struct vfio_irq_set.</summary>
[Flags]
public enum VfioIrqSet
{
    /// <summary>Neither; no server accepts it.</summary>
    None = 0,

    /// <summary>The action goes for every interrupt of the range.</summary>
    DataNone = 1,

    /// <summary>The action goes for the interrupts whose byte is not 0.</summary>
    DataBool = 2,

    /// <summary>The action happens when an eventfd is signalled, or signals it.</summary>
    DataEventFd = 4,

    /// <summary>The interrupts are masked.</summary>
    Mask = 8,

    /// <summary>The interrupts are unmasked.</summary>
    Unmask = 0x10,

    /// <summary>The interrupts happen.</summary>
    Trigger = 0x20,
}
