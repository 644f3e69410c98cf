using Mdev.Sdk.Testing;
using Mdev.Sdk.Wire.Tests.Support;
using Microsoft.Win32.SafeHandles;

namespace Mdev.Sdk.Wire.Tests;

/// <summary>
/// DEVICE_SET_IRQS: what is refused. Sources: vfio-user, "VFIO_USER_DEVICE_SET_IRQS"; linux/vfio.h, struct vfio_irq_set.
/// </summary>
public sealed class DeviceSetIrqsTests : WireTest
{
    private const uint None = 1;
    private const uint Bool = 2;
    private const uint EventFdData = 4;
    private const uint Mask = 8;
    private const uint Unmask = 0x10;
    private const uint Trigger = 0x20;

    private const uint Intx = 0;
    private const uint Msi = 1;
    private const uint MsiX = 2;
    private const uint Err = 3;
    private const uint Req = 4;

    private readonly EventFd[] _eventFds = [new(), new(), new()];

    public override void Dispose()
    {
        base.Dispose();
        foreach (EventFd eventFd in _eventFds)
            eventFd.Dispose();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(None)]
    [InlineData(Trigger)]
    [InlineData(None | Mask | Unmask)]
    [InlineData(None | Trigger | Mask)]
    [InlineData(None | Bool | Trigger)]
    [InlineData(None | EventFdData | Trigger)]
    [InlineData(None | Bool | EventFdData | Mask | Unmask | Trigger)]
    public void Exactly_one_action_and_one_kind_of_data_are_needed(uint flags)
    {
        Client.ArmIrqs(Intx, _eventFds[0]);
        Refused(Raw.SetIrqsMessage(flags, Intx, 0, 1));
        Refused(Raw.SetIrqsMessage(flags, Intx, 0, 1, 1));
    }

    [Theory]
    [InlineData(0x40 | None | Trigger)]
    [InlineData(0x80000000 | None | Trigger)]
    public void Flags_that_mean_nothing_are_refused(uint flags)
    {
        Client.ArmIrqs(Intx, _eventFds[0]);
        Refused(Raw.SetIrqsMessage(flags, Intx, 0, 1));
    }

    [Theory]
    [InlineData(MsiX)]
    [InlineData(5)]
    [InlineData(0x80000000)]
    [InlineData(uint.MaxValue)]
    public void An_index_without_interrupts_is_refused(uint index)
    {
        Refused(Raw.SetIrqsMessage(None | Trigger, index, 0, 0));
        Refused(Raw.SetIrqsMessage(None | Trigger, index, 0, 1));
        Refused(Raw.SetIrqsMessage(EventFdData | Trigger, index, 0, 1), _eventFds[0].Descriptor);
    }

    [Theory]
    [InlineData(Intx, 1, 1)]
    [InlineData(Intx, 0, 2)]
    [InlineData(Msi, 4, 1)]
    [InlineData(Msi, 3, 2)]
    [InlineData(Msi, 5, 1)]
    [InlineData(Msi, 0, 5)]
    [InlineData(Msi, 2, uint.MaxValue)]
    [InlineData(Msi, uint.MaxValue, 2)]
    [InlineData(Err, 0, 2)]
    [InlineData(Req, 0, 2)]
    [InlineData(Err, 1, 1)]
    public void A_range_outside_of_the_index_is_refused(uint index, uint start, uint count)
    {
        Client.ArmIrqs(index, _eventFds[0]);
        Refused(Raw.SetIrqsMessage(None | Trigger, index, start, count));
        Refused(Raw.SetIrqsMessage(EventFdData | Trigger, index, start, count));
    }

    [Theory]
    [InlineData(Intx, 1, None | Trigger)]
    [InlineData(Msi, 1, None | Trigger)]
    [InlineData(Intx, 0, None | Mask)]
    [InlineData(Intx, 0, None | Unmask)]
    [InlineData(Intx, 0, Bool | Trigger)]
    [InlineData(Intx, 0, EventFdData | Trigger)]
    [InlineData(Msi, 0, EventFdData | Trigger)]
    public void No_interrupts_at_all_are_refused_unless_the_index_is_switched_off(uint index, uint start, uint flags)
    {
        Client.ArmIrqs(index, _eventFds[0]);
        Refused(Raw.SetIrqsMessage(flags, index, start, 0));
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(2, 1)]
    [InlineData(2, 3)]
    [InlineData(uint.MaxValue, 4)]
    public void Bools_of_another_number_than_count_are_refused(uint count, int bools)
    {
        Client.ArmIrqs(Msi, _eventFds[0], _eventFds[1], _eventFds[2]);
        Refused(Raw.SetIrqsMessage(Bool | Trigger, Msi, 0, count, new byte[bools]));
    }

    [Theory]
    [InlineData(None | Trigger, 0)]
    [InlineData(Bool | Trigger, 1)]
    [InlineData(None | Unmask, 0)]
    public void Descriptors_without_EVENTFD_are_refused(uint flags, int bools)
    {
        Client.ArmIrqs(Intx, _eventFds[0]);
        Refused(Raw.SetIrqsMessage(flags, Intx, 0, 1, new byte[bools]), _eventFds[1].Descriptor);
    }

    [Fact]
    public void Descriptors_of_another_number_than_count_are_refused()
    {
        int a = _eventFds[0].Descriptor, b = _eventFds[1].Descriptor;
        Refused(Raw.SetIrqsMessage(EventFdData | Trigger, Msi, 0, 2), a);
        Refused(Raw.SetIrqsMessage(EventFdData | Trigger, Msi, 0, 1), a, b);
        Refused(Raw.SetIrqsMessage(EventFdData | Trigger, Msi, 0, 4), a, b, a);
    }

    [Fact]
    public void A_descriptor_that_is_no_eventfd_is_refused_and_the_old_one_stays()
    {
        using var memory = new SharedMemory(8);
        using SafeFileHandle file = File.OpenHandle("/dev/null", FileMode.Open, FileAccess.ReadWrite);
        Client.ArmIrqs(Intx, _eventFds[0]);

        Refused(Raw.SetIrqsMessage(EventFdData | Trigger, Intx, 0, 1), memory.Descriptor);
        Refused(Raw.SetIrqsMessage(EventFdData | Trigger, Intx, 0, 1), (int)file.DangerousGetHandle());
        Refused(Raw.SetIrqsMessage(EventFdData | Unmask, Intx, 0, 1), memory.Descriptor);

        Client.WriteRegion(0, 0x40, 1, 0, 0, 0);
        Assert.Equal(1ul, _eventFds[0].Take());
    }

    [Fact]
    public void One_descriptor_that_is_no_eventfd_leaves_all_of_the_range_as_it_was()
    {
        using var memory = new SharedMemory(8);
        Client.ArmIrqs(Msi, _eventFds[0]);
        Refused(Raw.SetIrqsMessage(EventFdData | Trigger, Msi, 0, 2), _eventFds[1].Descriptor, memory.Descriptor);

        Client.WriteRegion(0, 0x44, 0, 0, 0, 0);
        Assert.Equal((1ul, 0ul), (_eventFds[0].Take(), _eventFds[1].Take()));
    }

    [Theory]
    [InlineData(Err)]
    [InlineData(Req)]
    public void Notifications_cannot_be_masked(uint index)
    {
        Client.ArmIrqs(index, _eventFds[0]);
        Refused(Raw.SetIrqsMessage(None | Mask, index, 0, 1));
        Refused(Raw.SetIrqsMessage(None | Unmask, index, 0, 1));
        Refused(Raw.SetIrqsMessage(EventFdData | Unmask, index, 0, 1), _eventFds[1].Descriptor);
    }

    [Fact]
    public void MSI_cannot_be_masked_here()
    {
        Client.ArmIrqs(Msi, _eventFds[0]);
        Refused(Errno.ENOTTY, Raw.SetIrqsMessage(None | Mask, Msi, 0, 1));
        Refused(Errno.ENOTTY, Raw.SetIrqsMessage(None | Unmask, Msi, 0, 1));
        Refused(Errno.ENOTTY, Raw.SetIrqsMessage(EventFdData | Unmask, Msi, 0, 1), _eventFds[1].Descriptor);
    }

    [Fact]
    public void No_eventfd_masks_INTx()
    {
        Client.ArmIrqs(Intx, _eventFds[0]);
        Refused(Errno.ENOTTY, Raw.SetIrqsMessage(EventFdData | Mask, Intx, 0, 1), _eventFds[1].Descriptor);
    }

    [Fact]
    public void MSI_and_INTx_are_not_armed_at_the_same_time()
    {
        Client.ArmIrqs(Intx, _eventFds[0]);
        Refused(Raw.SetIrqsMessage(EventFdData | Trigger, Msi, 0, 1), _eventFds[1].Descriptor);
        Client.DisarmIrqs(Intx);

        Client.ArmIrqs(Msi, _eventFds[1]);
        Refused(Raw.SetIrqsMessage(EventFdData | Trigger, Intx, 0, 1), _eventFds[0].Descriptor);
        Client.DisarmIrqs(Msi);
        Client.ArmIrqs(Intx, _eventFds[0]);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(19)]
    public void An_argsz_shorter_than_the_request_is_refused(uint argsz) =>
        Refused(Raw.Message(Raw.SetIrqs, Raw.Bytes(argsz, None | Trigger, Intx, 0u, 0u)));

    [Fact]
    public void A_request_cut_short_is_refused()
    {
        byte[] payload = Raw.SetIrqsMessage(EventFdData | Trigger, Intx, 0, 1)[16..];
        for (int length = 0; length < payload.Length; length++)
            Refused(Raw.Message(Raw.SetIrqs, payload[..length]), _eventFds[0].Descriptor);
    }

    [Fact]
    public void Bytes_behind_a_request_without_bools_are_no_mistake()
    {
        // QEMU sends as many bytes as its buffer has.
        Accepted(Raw.Message(Raw.SetIrqs, Raw.Bytes(32u, None | Trigger, Intx, 0u, 0u, 0u, 0u, 0u)));
    }
}
