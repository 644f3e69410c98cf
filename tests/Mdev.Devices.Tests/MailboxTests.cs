using Mdev.Sdk.Testing;

namespace Mdev.Devices.Tests;

/// <summary>A device that is not PCI. Source: linux/vfio.h, struct vfio_device_info and vfio_irq_info.</summary>
public sealed class MailboxTests : IDisposable
{
    private readonly ServedDevice _device = new("mailbox");

    public void Dispose() => _device.Dispose();

    [Fact]
    public void It_is_a_platform_device_of_its_own_regions_and_interrupts_and_no_config_space()
    {
        VfioClient client = _device.Client;
        Assert.Equal(new VfioDeviceInfo(5, 2, 2), client.GetDeviceInfo());
        Assert.Equal(0x10ul, client.GetRegionInfo(0).Size);
        Assert.Equal(0x4000ul, client.GetRegionInfo(1).Size);
        Assert.Throws<VfioException>(() => client.GetRegionInfo(7));
        Assert.Equal(new VfioIrqInfo(7, 1), client.GetIrqInfo(0));
        Assert.Equal(new VfioIrqInfo(1, 1), client.GetIrqInfo(1));
    }

    [Fact]
    public void Both_interrupts_are_in_use_at_once_a_level_that_masks_itself_and_an_edge()
    {
        using EventFd full = new(), taken = new(), unmask = new();
        var patience = TimeSpan.FromSeconds(10);
        _device.Client.ArmIrqs(0, full);
        _device.Client.ArmIrqs(1, taken);
        _device.Client.SetIrqs(0, VfioIrqSet.Unmask | VfioIrqSet.DataEventFd, 0, 1, [], unmask);

        _device.Write(0, 0x0, 42u);
        Assert.True(full.Wait(patience));
        Assert.Equal(1ul, full.Take());
        unmask.Signal();
        Assert.True(full.Wait(patience), "The level is still high.");

        Assert.Equal(42u, _device.Read(0, 0x0));
        Assert.Equal(42u, _device.Read(0, 0x0));
        Assert.True(taken.Wait(patience));
        Assert.Equal(2ul, taken.Take());
    }
}
