using System.Text;
using Mdev.Sdk.Bridge.Files;
using Mdev.Sdk.Bridge.Fuse;
using Mdev.Sdk.Device;

namespace Mdev.Sdk.Bridge.Devices;

/// <summary>An instance as a folder: its regions, interrupts and character devices as files. docs/bridge.md describes it to users.</summary>
internal sealed class DeviceFolder
{
    private const uint OwnerOnly = 0x180; // 0600

    private readonly VfioDevice _device;
    private readonly CallGuard _guard;
    private readonly RegionFile?[] _regions;

    /// <param name="device">The device.</param>
    /// <param name="guard">Lets calls through as long as the device is there.</param>
    /// <exception cref="MdevException">EINVAL: a character device has the name of another file.</exception>
    public DeviceFolder(VfioDevice device, CallGuard guard)
    {
        (_device, _guard) = (device, guard);
        _regions = [.. Enumerable.Range(0, device.RegionCount).Select(region => device.RegionSize((uint)region) == 0
            ? null
            : new RegionFile(device, (uint)region, RegionRule.Vfio, guard, OwnerOnly))];
        var interrupts = new FolderInterrupts(device);
        Root.Add("info", AttributeFile.Of(Describe))
            .Add("regions", new NumberedFolder((uint)device.RegionCount, region => _regions[region]))
            .Add("irqs", new NumberedFolder((uint)device.Interrupts.Count, index => device.Interrupts[index] is not { Count: > 0 } interrupt
                ? null
                : new NumberedFolder(interrupt.Count, vector => new InterruptFile(interrupts, index, vector, guard))))
            .Add("reset", new CommandFile(() => guard.Call(device.ResetByHost)));
        foreach ((string name, ICharDevice charDevice) in NodeNames.Of(device))
        {
            if (Root.Find(name) is not null)
                throw new MdevException(Errno.EINVAL, $"{device.GetType().Name} has a character device {name}, which is the name of another file of its folder.");
            Root.Add(name, new CharDeviceFile(device, charDevice, guard, OwnerOnly));
        }
    }

    /// <summary>What is in it.</summary>
    public Folder Root { get; } = new();

    /// <summary>Who serves it, and knows whether regions can be mapped.</summary>
    public FuseServer? Server { get; set; }

    private string Describe() =>
        _guard.Call(() => Encoding.UTF8.GetString(DeviceDescription.Of(_device, index => _regions[index] is { } file && Server?.CanMap(file) == true)));
}
