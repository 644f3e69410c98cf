using Mdev.Sdk.Testing;
using Mdev.Sdk.Wire.Tests.Support;

namespace Mdev.Sdk.Wire.Tests;

/// <summary>What a client hears of a device's interrupts. Source: drivers/vfio/pci/vfio_pci_intrs.c.</summary>
public sealed class InterruptTests : WireTest
{
    private const uint Intx = 0;
    private const uint Msi = 1;

    // Only a broken server makes a test wait this long.
    private static readonly TimeSpan s_deadline = TimeSpan.FromSeconds(10);

    private readonly EventFd[] _eventFds = [new(), new(), new(), new()];

    public override void Dispose()
    {
        base.Dispose();
        foreach (EventFd eventFd in _eventFds)
            eventFd.Dispose();
    }

    private EventFd First => _eventFds[0];

    [Fact]
    public void INTx_masks_itself_with_the_first_signal()
    {
        Client.ArmIrqs(Intx, First);
        Raise();
        Lower();
        Raise();
        Assert.Equal(1ul, First.Take());
    }

    [Fact]
    public void Unmasking_while_the_line_is_high_signals_again()
    {
        Client.ArmIrqs(Intx, First);
        Raise();
        Assert.Equal(1ul, First.Take());
        for (int i = 0; i < 3; i++)
        {
            Unmask();
            Assert.Equal(1ul, First.Take());
        }
    }

    [Fact]
    public void Unmasking_while_the_line_is_low_signals_nothing_and_lets_the_next_one_through()
    {
        Client.ArmIrqs(Intx, First);
        Raise();
        Lower();
        Assert.Equal(1ul, First.Take());

        Unmask();
        Assert.Equal(0ul, First.Take());
        Raise();
        Assert.Equal(1ul, First.Take());
    }

    [Fact]
    public void A_masked_pin_is_silent_until_it_is_unmasked()
    {
        Client.ArmIrqs(Intx, First);
        Client.SetIrqs(Intx, VfioIrqSet.DataNone | VfioIrqSet.Mask, 0, 1);
        Raise();
        Assert.Equal(0ul, First.Take());
        Unmask();
        Assert.Equal(1ul, First.Take());
    }

    [Fact]
    public void Bools_say_whether_an_interrupt_is_masked_or_unmasked()
    {
        Client.ArmIrqs(Intx, First);
        Client.SetIrqs(Intx, VfioIrqSet.DataBool | VfioIrqSet.Mask, 0, 1, [0]);
        Raise();
        Assert.Equal(1ul, First.Take());

        Client.SetIrqs(Intx, VfioIrqSet.DataBool | VfioIrqSet.Unmask, 0, 1, [0]);
        Assert.Equal(0ul, First.Take());
        Client.SetIrqs(Intx, VfioIrqSet.DataBool | VfioIrqSet.Unmask, 0, 1, [1]);
        Assert.Equal(1ul, First.Take());

        Lower();
        Client.SetIrqs(Intx, VfioIrqSet.DataBool | VfioIrqSet.Unmask, 0, 1, [1]);
        Client.SetIrqs(Intx, VfioIrqSet.DataBool | VfioIrqSet.Mask, 0, 1, [1]);
        Raise();
        Assert.Equal(0ul, First.Take());
    }

    [Fact]
    public void An_eventfd_unmasks_without_any_message()
    {
        using var unmask = new EventFd();
        Client.ArmIrqs(Intx, First);
        Client.SetIrqs(Intx, VfioIrqSet.DataEventFd | VfioIrqSet.Unmask, 0, 1, [], unmask);
        Raise();
        for (int i = 0; i < 100; i++)
        {
            Assert.True(First.Wait(s_deadline));
            Assert.Equal(1ul, First.Take());
            unmask.Signal();
        }
        Assert.True(First.Wait(s_deadline));
        AssertInStep();
    }

    [Fact]
    public void An_eventfd_that_unmasks_is_heard_while_messages_come()
    {
        using var unmask = new EventFd();
        Client.ArmIrqs(Intx, First);
        Client.SetIrqs(Intx, VfioIrqSet.DataEventFd | VfioIrqSet.Unmask, 0, 1, [], unmask);
        Raise();
        for (uint i = 0; i < 200; i++)
        {
            Assert.True(First.Wait(s_deadline));
            First.Take();
            unmask.Signal();
            Client.WriteRegion(0, 0, Raw.Bytes(i));
            Assert.Equal(Raw.Bytes(i), Client.ReadRegion(0, 0, 4));
        }
    }

    [Fact]
    public void The_eventfd_that_unmasks_can_be_taken_away()
    {
        using var unmask = new EventFd();
        Client.ArmIrqs(Intx, First);
        Client.SetIrqs(Intx, VfioIrqSet.DataEventFd | VfioIrqSet.Unmask, 0, 1, [], unmask);
        Client.SetIrqs(Intx, VfioIrqSet.DataEventFd | VfioIrqSet.Unmask, 0, 1);
        Raise();
        First.Take();

        unmask.Signal();
        AssertInStep();

        Assert.Equal(0ul, First.Take());
        Assert.Equal(1ul, unmask.Take());
    }

    [Fact]
    public void The_sequence_of_QEMU_with_KVM_arms_masks_and_unmasks()
    {
        // Flags as QEMU 11.1 sends them: 0x24, 0x09, 0x14 with the resample eventfd, 0x11.
        using var resample = new EventFd();
        Accepted(Raw.SetIrqsMessage(0x24, Intx, 0, 1), First.Descriptor);
        Accepted(Raw.SetIrqsMessage(0x09, Intx, 0, 1));
        Accepted(Raw.SetIrqsMessage(0x14, Intx, 0, 1), resample.Descriptor);
        Accepted(Raw.SetIrqsMessage(0x11, Intx, 0, 1));

        Raise();
        Assert.Equal(1ul, First.Take());
        resample.Signal();
        Assert.True(First.Wait(s_deadline));
    }

    [Fact]
    public void Arming_while_the_line_is_high_signals_at_once()
    {
        Raise();
        Client.ArmIrqs(Intx, First);
        Assert.Equal(1ul, First.Take());
    }

    [Fact]
    public void Interrupt_disable_of_the_command_register_silences_the_pin()
    {
        Client.ArmIrqs(Intx, First);
        Client.WriteRegion(7, 4, 0x00, 0x04);
        Raise();
        Assert.Equal(0ul, First.Take());

        // The status register shows the level all the same: PCI Local Bus 3.0, section 6.2.3.
        Assert.Equal(0x08, Client.ReadRegion(7, 6, 1)[0] & 0x08);
        Client.WriteRegion(7, 4, 0x00, 0x00);
        Assert.Equal(1ul, First.Take());
    }

    [Fact]
    public void An_eventfd_is_replaced_by_another()
    {
        Client.ArmIrqs(Intx, _eventFds[0]);
        Client.ArmIrqs(Intx, _eventFds[1]);
        Raise();
        Assert.Equal((0ul, 1ul), (_eventFds[0].Take(), _eventFds[1].Take()));
    }

    [Theory]
    [InlineData(Intx)]
    [InlineData(Msi)]
    public void An_index_switched_off_is_silent(uint index)
    {
        Client.ArmIrqs(index, First);
        Client.DisarmIrqs(index);
        Raise();
        Assert.Equal(0ul, First.Take());
        Client.DisarmIrqs(index);
    }

    [Theory]
    [InlineData(Intx)]
    [InlineData(Msi)]
    public void EVENTFD_without_a_descriptor_takes_the_eventfd_away(uint index)
    {
        Client.ArmIrqs(index, First);
        Client.SetIrqs(index, VfioIrqSet.DataEventFd | VfioIrqSet.Trigger, 0, 1);
        Raise();
        Assert.Equal(0ul, First.Take());
    }

    [Fact]
    public void EVENTFD_without_a_descriptor_succeeds_where_there_was_none()
    {
        // QEMU enables MSI-X this way, before it has anything to assign.
        Client.SetIrqs(Msi, VfioIrqSet.DataEventFd | VfioIrqSet.Trigger, 0, 1);
        Client.SetIrqs(Msi, VfioIrqSet.DataEventFd | VfioIrqSet.Trigger, 2, 2);
    }

    [Fact]
    public void Each_MSI_vector_signals_its_own_eventfd()
    {
        Client.ArmIrqs(Msi, _eventFds);
        foreach (uint vector in (uint[])[2, 0, 2, 3])
            Client.WriteRegion(0, 0x44, Raw.Bytes(vector));
        Assert.Equal([1ul, 0ul, 2ul, 1ul], _eventFds.Select(e => e.Take()));
    }

    [Fact]
    public void MSI_signals_with_every_rise_and_is_never_masked()
    {
        Client.ArmIrqs(Msi, First);
        for (int i = 0; i < 3; i++)
        {
            Raise();
            Lower();
        }
        Assert.Equal(3ul, First.Take());
    }

    [Fact]
    public void Part_of_the_vectors_can_be_armed_and_taken_away()
    {
        Client.SetIrqs(Msi, VfioIrqSet.DataEventFd | VfioIrqSet.Trigger, 1, 2, [], _eventFds[1], _eventFds[2]);
        Client.SetIrqs(Msi, VfioIrqSet.DataEventFd | VfioIrqSet.Trigger, 2, 1);
        for (uint vector = 0; vector < 4; vector++)
            Client.WriteRegion(0, 0x44, Raw.Bytes(vector));
        Assert.Equal([0ul, 1ul, 0ul, 0ul], _eventFds.Select(e => e.Take()));
    }

    [Fact]
    public void A_trigger_without_data_signals_as_if_the_device_had()
    {
        Client.ArmIrqs(Msi, _eventFds);
        Client.SetIrqs(Msi, VfioIrqSet.DataNone | VfioIrqSet.Trigger, 1, 2);
        Assert.Equal([0ul, 1ul, 1ul, 0ul], _eventFds.Select(e => e.Take()));
    }

    [Fact]
    public void A_trigger_with_bools_signals_where_they_are_true()
    {
        Client.ArmIrqs(Msi, _eventFds);
        Client.SetIrqs(Msi, VfioIrqSet.DataBool | VfioIrqSet.Trigger, 0, 4, [1, 0, 0, 0xff]);
        Assert.Equal([1ul, 0ul, 0ul, 1ul], _eventFds.Select(e => e.Take()));
    }

    [Theory]
    [InlineData(3)]
    [InlineData(4)]
    public void A_notification_is_armed_beside_other_interrupts(uint index)
    {
        using var interrupt = new EventFd();
        Client.ArmIrqs(Intx, interrupt);
        Client.ArmIrqs(index, First);
        Client.SetIrqs(index, VfioIrqSet.DataNone | VfioIrqSet.Trigger, 0, 1);
        Assert.Equal((1ul, 0ul), (First.Take(), interrupt.Take()));

        Client.DisarmIrqs(index);
        Assert.Equal(Errno.EINVAL, Client.TrySetIrqs(index, VfioIrqSet.DataNone | VfioIrqSet.Trigger, 0, 1));
        Raise();
        Assert.Equal((0ul, 1ul), (First.Take(), interrupt.Take()));
    }

    [Fact]
    public void An_eventfd_whose_counter_is_full_holds_up_nobody()
    {
        First.Signal(ulong.MaxValue - 1);
        Client.ArmIrqs(Msi, First);
        Raise();
        AssertInStep();
        Assert.Equal(ulong.MaxValue - 1, First.Take());
    }

    [Theory]
    [InlineData(Intx)]
    [InlineData(Msi)]
    public void What_a_client_has_armed_is_gone_with_it(uint index)
    {
        // Unmasked, or the mask alone would keep a forgotten eventfd silent.
        Client.ArmIrqs(index, First);
        Reconnect();
        Raise();
        Assert.Equal(0ul, First.Take());
    }

    [Fact]
    public void The_next_client_hears_of_a_line_that_the_one_before_had_masked()
    {
        Client.ArmIrqs(Intx, First);
        Client.SetIrqs(Intx, VfioIrqSet.DataNone | VfioIrqSet.Mask, 0, 1);
        Raise();
        Reconnect();
        Client.ArmIrqs(Intx, _eventFds[1]);
        Assert.Equal((0ul, 1ul), (First.Take(), _eventFds[1].Take()));
    }

    private void Raise() => Client.WriteRegion(0, 0x40, 1, 0, 0, 0);

    private void Lower() => Client.WriteRegion(0, 0x40, 0, 0, 0, 0);

    private void Unmask() => Client.SetIrqs(Intx, VfioIrqSet.DataNone | VfioIrqSet.Unmask, 0, 1);
}
