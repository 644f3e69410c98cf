using Mdev.Sdk.Testing;
using Mdev.Sdk.Wire.Tests.Support;

namespace Mdev.Sdk.Wire.Tests.Malformed;

/// <summary>Descriptors that nobody asked for are closed, and a request that is refused keeps none.</summary>
public sealed class DescriptorTests : WireTest
{
    private readonly EventFd _eventFd = new();
    private readonly SharedMemory _guest = new(0x10000);

    public override void Dispose()
    {
        base.Dispose();
        _eventFd.Dispose();
        _guest.Dispose();
    }

    public static TheoryData<string, byte[]> Uninvited => new()
    {
        { "DMA_UNMAP", Raw.UnmapMessage(0, 0, flags: 2) },
        { "DEVICE_GET_INFO", Raw.GetInfoMessage() },
        { "DEVICE_GET_REGION_INFO", Raw.RegionInfoMessage(0) },
        { "DEVICE_GET_IRQ_INFO", Raw.IrqInfoMessage(0) },
        { "DEVICE_SET_IRQS without EVENTFD", Raw.SetIrqsMessage(0x21, 0, 0, 0) },
        { "REGION_READ", Raw.ReadMessage(0, 0, 4) },
        { "REGION_WRITE", Raw.WriteMessage(0, 0, [1]) },
        { "DEVICE_RESET", Raw.ResetMessage() },
        { "VERSION again", Raw.VersionMessage() },
        { "an unknown command", Raw.Message(999, new byte[20]) },
    };

    public static TheoryData<string, Errno, byte[]> Refusals => new()
    {
        { "DMA_MAP of nothing", Errno.EINVAL, Raw.MapMessage(0x1000, 0) },
        { "DMA_MAP that wraps", Errno.EINVAL, Raw.MapMessage(ulong.MaxValue, 0x1000) },
        { "DMA_MAP of too much", Errno.ENOSPC, Raw.MapMessage(0, ulong.MaxValue) },
        { "DMA_MAP with wrong flags", Errno.EINVAL, Raw.MapMessage(0x1000, 0x1000, flags: 0xff) },
        { "DMA_MAP cut short", Errno.EINVAL, Raw.Message(Raw.DmaMap, new byte[31]) },
        { "DMA_MAP past the end of the file", Errno.EINVAL, Raw.MapMessage(0x1000, 0x1000, offset: 0x10000) },
        { "DMA_MAP over another", Errno.EEXIST, Raw.MapMessage(0x80000, 0x800) },
        { "SET_IRQS with a file", Errno.EINVAL, Raw.SetIrqsMessage(0x24, 1, 0, 1) },
        { "SET_IRQS with DATA_BOOL", Errno.EINVAL, Raw.SetIrqsMessage(0x22, 1, 0, 1, 1) },
        { "SET_IRQS with DATA_NONE", Errno.EINVAL, Raw.SetIrqsMessage(0x21, 1, 0, 1) },
        { "SET_IRQS past the index", Errno.EINVAL, Raw.SetIrqsMessage(0x24, 1, 4, 1) },
        { "SET_IRQS of no index", Errno.EINVAL, Raw.SetIrqsMessage(0x24, 9, 0, 1) },
        { "SET_IRQS that masks MSI", Errno.ENOTTY, Raw.SetIrqsMessage(0x0c, 1, 0, 1) },
        { "SET_IRQS cut short", Errno.EINVAL, Raw.Message(Raw.SetIrqs, new byte[19]) },
    };

    [Theory]
    [MemberData(nameof(Uninvited))]
    public void Descriptors_that_nobody_asked_for_are_refused_and_closed(string name, byte[] message)
    {
        Assert.NotEmpty(name);
        AssertInStep();
        int before = Holdings.Descriptors;
        Refused(message, _eventFd.Descriptor);
        Refused(message, _eventFd.Descriptor, _guest.Descriptor, _eventFd.Descriptor);
        Assert.Equal(before, Holdings.Descriptors);
    }

    [Theory]
    [MemberData(nameof(Refusals))]
    public void A_refused_request_keeps_no_descriptor(string name, Errno error, byte[] message)
    {
        Assert.NotEmpty(name);
        Client.MapDma(0x80000, 0x1000, _guest);
        AssertInStep();
        int before = Holdings.Descriptors;
        for (int i = 0; i < 3; i++)
            Refused(error, message, _guest.Descriptor);
        Assert.Equal(before, Holdings.Descriptors);
    }

    [Fact]
    public void A_mapping_keeps_one_descriptor_and_the_same_again_still_one()
    {
        AssertInStep();
        int before = Holdings.Descriptors;
        Client.MapDma(0x1000, 0x1000, _guest);
        AssertInStep();
        Assert.Equal(before + 1, Holdings.Descriptors);
        Client.MapDma(0x1000, 0x1000, _guest);
        AssertInStep();
        Assert.Equal(before + 1, Holdings.Descriptors);
        Client.UnmapDma(0x1000, 0x1000);
        Assert.Equal(before, Holdings.Descriptors);
    }

    [Fact]
    public void An_interrupt_keeps_one_descriptor_and_its_successor_still_one()
    {
        AssertInStep();
        int before = Holdings.Descriptors;
        for (int i = 0; i < 3; i++)
        {
            Client.ArmIrqs(0, _eventFd);
            Client.SetIrqs(0, VfioIrqSet.DataEventFd | VfioIrqSet.Unmask, 0, 1, [], _eventFd);
            Assert.Equal(before + 2, Holdings.Descriptors);
        }
        Client.DisarmIrqs(0);
        Assert.Equal(before, Holdings.Descriptors);
    }

    [Fact]
    public void As_many_descriptors_as_the_kernel_passes_are_closed_too()
    {
        const int Most = 253;
        int[] many = new int[Most];
        Array.Fill(many, _eventFd.Descriptor);
        AssertInStep();
        int before = Holdings.Descriptors;
        Refused(Raw.GetInfoMessage(), many);
        Refused(Raw.SetIrqsMessage(0x24, 1, 0, 4), many);
        Assert.Equal(before, Holdings.Descriptors);
    }

    [Fact]
    public void Descriptors_of_a_message_that_never_ends_are_closed_with_the_client()
    {
        Reconnect();
        int before = Holdings.Descriptors;
        Connection.Send(Raw.MapMessage(0x1000, 0x1000).AsSpan(0, 20), _guest.Descriptor);
        Reconnect();
        Holdings.AssertNoMoreDescriptorsThan(before);
    }
}
