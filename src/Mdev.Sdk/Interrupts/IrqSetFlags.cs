namespace Mdev.Sdk.Interrupts;

/// <summary>Data and action of SET_IRQS, exactly one of each. Source: linux/vfio.h, struct vfio_irq_set.</summary>
[Flags]
internal enum IrqSetFlags : uint
{
    DataNone = 1,
    DataBool = 2,
    DataEventFd = 4,
    DataMask = DataNone | DataBool | DataEventFd,

    ActionMask = 8,
    ActionUnmask = 0x10,
    ActionTrigger = 0x20,
    ActionTypeMask = ActionMask | ActionUnmask | ActionTrigger,
}
