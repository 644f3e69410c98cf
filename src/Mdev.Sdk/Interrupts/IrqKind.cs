namespace Mdev.Sdk.Interrupts;

/// <summary>How an interrupt of a device that is not PCI signals. Source: linux/vfio.h, struct vfio_irq_info.</summary>
public enum IrqKind
{
    /// <summary>Once for each rise and each pulse of a line (EVENTFD).</summary>
    Edge,

    /// <summary>
    /// While a line is high: a signal masks the interrupt, and another follows when the client unmasks it and a line is still high
    /// (EVENTFD, MASKABLE, AUTOMASKED).
    /// </summary>
    Level,
}
