using Mdev.Sdk.Bridge.Files;
using Mdev.Sdk.Bridge.Fuse;
using Mdev.Sdk.Device;

namespace Mdev.Sdk.Bridge.Devices;

/// <summary>A device's character device as a file: by FUSE in its folder, or by CUSE below /dev.</summary>
/// <param name="device">The device.</param>
/// <param name="charDevice">The vendor's file operations.</param>
/// <param name="guard">Lets calls through as long as the device is there.</param>
/// <param name="permissions">The permission bits of the mode.</param>
internal sealed class CharDeviceFile(VfioDevice device, ICharDevice charDevice, CallGuard guard, uint permissions) : FuseFile
{
    public override uint Permissions => permissions;

    public override bool IsStream => true;

    public override IFuseHandle Open(FuseCaller caller) => OpenCharDevice.Open(device, charDevice, guard, caller);
}
