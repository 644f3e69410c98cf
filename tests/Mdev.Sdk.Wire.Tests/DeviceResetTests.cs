using Mdev.Sdk.Testing;
using Mdev.Sdk.Wire.Tests.Support;

namespace Mdev.Sdk.Wire.Tests;

/// <summary>DEVICE_RESET. Source: vfio-user, "VFIO_USER_DEVICE_RESET".</summary>
public sealed class DeviceResetTests : WireTest
{
    [Fact]
    public void Registers_and_config_space_take_their_reset_values()
    {
        Client.WriteRegion(0, 0, 1, 2, 3, 4);
        Client.WriteRegion(7, 0x10, 0x00, 0x10, 0xcc, 0xfe);
        Client.WriteRegion(7, 0x04, 0x07, 0x00);

        Assert.Empty(Accepted(Raw.ResetMessage()));

        Assert.Equal(new byte[4], Client.ReadRegion(0, 0, 4));
        Assert.Equal(new byte[4], Client.ReadRegion(7, 0x10, 4));
        Assert.Equal(new byte[2], Client.ReadRegion(7, 0x04, 2));
    }

    [Fact]
    public void Interrupts_and_memory_that_the_client_connected_stay()
    {
        using var interrupt = new EventFd();
        using var guest = new SharedMemory(4096);
        Client.ArmIrqs(0, interrupt);
        Client.MapDma(0x1000, 4096, guest);

        Client.Reset();

        Client.WriteRegion(0, 0x40, 1, 0, 0, 0);
        Assert.Equal(1ul, interrupt.Take());
        Assert.Equal(Errno.None, Client.TryUnmapDma(0x1000, 4096));
    }

    [Fact]
    public void The_interrupt_pin_is_low_after_a_reset()
    {
        using var interrupt = new EventFd();
        Client.ArmIrqs(0, interrupt);
        Client.WriteRegion(0, 0x40, 1, 0, 0, 0);
        Assert.Equal(1ul, interrupt.Take());

        Client.Reset();
        Client.SetIrqs(0, VfioIrqSet.DataNone | VfioIrqSet.Unmask, 0, 1);

        Assert.Equal(0ul, interrupt.Take());
    }

    [Fact]
    public void A_reset_with_a_payload_is_refused() => Refused(Raw.Message(Raw.Reset, new byte[4]));
}
