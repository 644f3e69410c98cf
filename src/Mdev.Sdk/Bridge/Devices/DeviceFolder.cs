using System.Text;
using Mdev.Sdk.Bridge.Files;
using Mdev.Sdk.Bridge.Fuse;
using Mdev.Sdk.Device;

namespace Mdev.Sdk.Bridge.Devices;

/// <summary>An instance as a folder: its regions, interrupts and character devices as files. docs/bridge.md describes it to users.</summary>
internal static class DeviceFolder
{
    private const uint OwnerOnly = 0x180; // 0600

    public static Folder Of(VfioDevice device, CallGuard guard)
    {
        var interrupts = new FolderInterrupts(device);
        Folder folder = new Folder()
            .Add("info", AttributeFile.Of(() => guard.Call(() => Encoding.UTF8.GetString(DeviceDescription.Of(device)))))
            .Add("regions", new NumberedFolder((uint)device.RegionCount, region => device.RegionSize(region) == 0
                ? null
                : new RegionFile(device, region, RegionRule.Vfio, guard, OwnerOnly)))
            .Add("irqs", new NumberedFolder((uint)device.Interrupts.Count, index => device.Interrupts[index] is not { Count: > 0 } interrupt
                ? null
                : new NumberedFolder(interrupt.Count, vector => new InterruptFile(interrupts, index, vector, guard))))
            .Add("reset", new CommandFile(() => guard.Call(device.ResetByHost)));
        foreach ((string name, ICharDevice charDevice) in NodeNames.Of(device))
        {
            if (folder.Find(name) is not null)
                throw new MdevException(Errno.EINVAL, $"{device.GetType().Name} has a character device {name}, which is the name of another file of its folder.");
            folder.Add(name, new CharDeviceFile(device, charDevice, guard, OwnerOnly));
        }
        return folder;
    }
}
