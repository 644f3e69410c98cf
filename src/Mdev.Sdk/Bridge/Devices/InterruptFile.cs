using Mdev.Sdk.Bridge.Files;
using Mdev.Sdk.Bridge.Fuse;

namespace Mdev.Sdk.Bridge.Devices;

/// <summary>An interrupt as a file: it is armed while it is open. Reads are an eventfd's. Source: eventfd(2); linux/vfio.h, VFIO_DEVICE_SET_IRQS.</summary>
/// <param name="interrupts">The device's.</param>
/// <param name="index">VFIO's interrupt index.</param>
/// <param name="vector">The number within it.</param>
/// <param name="guard">Lets calls through as long as the device is there.</param>
internal sealed class InterruptFile(FolderInterrupts interrupts, uint index, uint vector, CallGuard guard) : FuseFile
{
    public override uint Permissions => 0x180; // 0600

    public override bool IsStream => true;

    public override IFuseHandle Open(FuseCaller caller) => guard.Call(() => OpenInterrupt.Arm(interrupts, index, vector, guard));
}
