using Mdev.Sdk.Bridge.Files;
using Mdev.Sdk.Bridge.Fuse;
using Mdev.Sdk.Device;

namespace Mdev.Sdk.Bridge.Devices;

/// <summary>What answers VFIO's ioctls. Source: linux/vfio.h.</summary>
/// <param name="device">The device.</param>
/// <param name="guard">Lets calls through as long as the device is there.</param>
internal sealed class VfioNodeFile(VfioDevice device, CallGuard guard) : FuseFile
{
    public override uint Permissions => 0x180; // 0600

    public override bool IsStream => true;

    public override IFuseHandle Open(FuseCaller caller) => new OpenVfioNode(device, guard);
}
