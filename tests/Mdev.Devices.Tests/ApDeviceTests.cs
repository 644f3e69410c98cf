using Mdev.Sdk.Testing;

namespace Mdev.Devices.Tests;

/// <summary>What a user of VFIO sees of a device that is all attributes.</summary>
public sealed class ApDeviceTests
{
    // Source: linux/vfio.h, VFIO_DEVICE_FLAGS_AP, VFIO_AP_NUM_IRQS.
    [Fact]
    public void A_client_finds_no_region_and_the_two_interrupts_of_its_kind()
    {
        using var served = new ServedDevice("ap");
        Assert.Equal(new VfioDeviceInfo(0x21, 0, 2), served.Client.GetDeviceInfo());
        Assert.Equal(new VfioIrqInfo(1, 1), served.Client.GetIrqInfo(1));
    }
}
