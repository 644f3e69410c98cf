namespace Mdev.Sdk.Interrupts;

/// <summary>What a client can do with an interrupt index. Source: linux/vfio.h, struct vfio_irq_info.</summary>
[Flags]
internal enum IrqInfoFlags : uint
{
    None = 0,
    EventFd = 1,
    Maskable = 2,
    AutoMasked = 4,
    NoResize = 8,
}
