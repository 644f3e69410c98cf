using Mdev.Sdk.Testing;
using Mdev.Sdk.VfioUser;
using Mdev.Sdk.Wire.Tests.Support;

namespace Mdev.Sdk.Wire.Tests;

/// <summary>
/// Interrupt index 2 as raw bytes. Sources: vfio-user, "VFIO_USER_DEVICE_SET_IRQS"; linux/vfio.h, VFIO_PCI_MSIX_IRQ_INDEX; PCI Local
/// Bus 3.0, section 6.8.2.
/// </summary>
public sealed class MsixTests : IDisposable
{
    private const uint None = 1, Bool = 2, EventFdData = 4, Mask = 8, Unmask = 0x10, Trigger = 0x20;
    private const uint Intx = 0, Msi = 1, MsiX = 2;
    private const ulong Pulse = 0x44, Table = 0x800, Pba = 0xc00;

    private readonly string _folder = Directory.CreateTempSubdirectory("mdev").FullName;
    private readonly MsixDevice _device = new();
    private readonly VfioUserServer _server;
    private readonly VfioUserClient _client;
    private readonly EventFd[] _eventFds = [new(), new(), new(), new()];

    public MsixTests()
    {
        _device.Realize(Guid.NewGuid(), new CollectedLog());
        _server = VfioUserServer.Listen(_device, Path.Combine(_folder, "s"));
        _client = VfioUserClient.Connect(Path.Combine(_folder, "s"));
    }

    public void Dispose()
    {
        _client.Dispose();
        _server.Dispose();
        _device.Dispose();
        foreach (EventFd eventFd in _eventFds)
            eventFd.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public void The_index_says_how_its_vectors_are_used()
    {
        // EVENTFD and MASKABLE; vectors are added while others are in use, so no NORESIZE.
        Assert.Equal(Raw.Bytes(16u, 3u, MsiX, MsixDevice.Vectors), Accepted(Raw.IrqInfoMessage(MsiX)));
    }

    [Fact]
    public void Regions_say_their_sizes_and_that_a_ROM_is_read()
    {
        Assert.Equal(Raw.Bytes(32u, 3u, 0u, 0u, 0x1000ul, 0ul), Accepted(Raw.RegionInfoMessage(0)));
        Assert.Equal(Raw.Bytes(32u, 1u, 6u, 0u, 0x800ul, 0ul), Accepted(Raw.RegionInfoMessage(6)));
        Assert.Equal(Raw.Bytes(32u, 3u, 7u, 0u, 0x1000ul, 0ul), Accepted(Raw.RegionInfoMessage(7)));
    }

    [Fact]
    public void QEMU_enables_with_nothing_assigned_and_adds_vectors_one_by_one()
    {
        Accepted(Raw.SetIrqsMessage(EventFdData | Trigger, MsiX, 0, 1));
        Accepted(Raw.SetIrqsMessage(EventFdData | Trigger, MsiX, 2, 1), _eventFds[2].Descriptor);
        Accepted(Raw.SetIrqsMessage(EventFdData | Trigger, MsiX, 0, 2), _eventFds[0].Descriptor, _eventFds[1].Descriptor);
        foreach (uint line in new uint[] { 0, 1, 2, 2, 3 })
            Write(Pulse, line);
        Assert.Equal([1ul, 1, 2, 0], _eventFds.Select(e => e.Take()));

        Accepted(Raw.SetIrqsMessage(EventFdData | Trigger, MsiX, 1, 2));
        Write(Pulse, 1);
        Write(Pulse, 0);
        Assert.Equal([1ul, 0, 0, 0], _eventFds.Select(e => e.Take()));
        Accepted(Raw.SetIrqsMessage(None | Trigger, MsiX, 0, 0));
        Write(Pulse, 0);
        Assert.Equal(0ul, _eventFds[0].Take());
    }

    [Fact]
    public void An_entry_that_is_written_masks_and_what_waits_shows_in_the_pending_bits()
    {
        Arm();
        Write(Table + (16 * 2) + 12, 1);
        Write(Pulse, 2);
        Assert.Equal(0ul, _eventFds[2].Take());
        Assert.Equal(Raw.Bytes(4u, 0u), Accepted(Raw.ReadMessage(0, Pba, 8))[16..]);
        Write(Table + (16 * 2) + 12, 0);
        Assert.Equal(1ul, _eventFds[2].Take());
        Assert.Equal(new byte[8], Accepted(Raw.ReadMessage(0, Pba, 8))[16..]);
    }

    [Fact]
    public void The_table_answers_by_dword_and_qword_and_other_widths_harm_nothing()
    {
        Accepted(Raw.WriteMessage(0, Table + 16, Raw.Bytes(0xfee0_1003ul)));
        Accepted(Raw.WriteMessage(0, Table + 24, Raw.Bytes(0x4021u)));
        Assert.Equal(Raw.Bytes(0xfee0_1000ul, 0x4021u, 1u), Accepted(Raw.ReadMessage(0, Table + 16, 16))[16..]);
        for (uint width = 1; width <= 64; width++)
        {
            Accepted(Raw.WriteMessage(0, Table - 1, [.. Enumerable.Repeat((byte)0xff, (int)width)]));
            Assert.Equal((int)width, Accepted(Raw.ReadMessage(0, Pba - 1, width))[16..].Length);
        }
    }

    [Fact]
    public void The_client_masks_by_NONE_and_BOOL_once_it_listens()
    {
        Refused(Errno.EINVAL, Raw.SetIrqsMessage(None | Mask, MsiX, 0, 1));
        Refused(Errno.EINVAL, Raw.SetIrqsMessage(None | Unmask, MsiX, 0, 1));
        Arm();
        Accepted(Raw.SetIrqsMessage(None | Mask, MsiX, 0, 8));
        Accepted(Raw.SetIrqsMessage(Bool | Unmask, MsiX, 0, 3, 0, 1, 0));
        foreach (uint line in new uint[] { 0, 1, 2 })
            Write(Pulse, line);
        Assert.Equal([0ul, 1, 0, 0], _eventFds.Select(e => e.Take()));
        Accepted(Raw.SetIrqsMessage(None | Unmask, MsiX, 0, 8));
        Assert.Equal([1ul, 0, 1, 0], _eventFds.Select(e => e.Take()));
        Refused(Errno.ENOTTY, Raw.SetIrqsMessage(EventFdData | Mask, MsiX, 0, 1), _eventFds[0].Descriptor);
        Refused(Errno.ENOTTY, Raw.SetIrqsMessage(EventFdData | Unmask, MsiX, 0, 1), _eventFds[0].Descriptor);
    }

    [Theory]
    [InlineData(8, 1)]
    [InlineData(7, 2)]
    [InlineData(0, 9)]
    [InlineData(uint.MaxValue, 2)]
    public void A_range_outside_of_the_index_is_refused(uint start, uint count)
    {
        Arm();
        foreach (uint action in new[] { Trigger, Mask, Unmask })
            Refused(Errno.EINVAL, Raw.SetIrqsMessage(None | action, MsiX, start, count));
    }

    [Fact]
    public void A_loop_back_signals_those_that_are_asked_for()
    {
        Refused(Errno.EINVAL, Raw.SetIrqsMessage(None | Trigger, MsiX, 0, 1));
        Arm();
        Accepted(Raw.SetIrqsMessage(Bool | Trigger, MsiX, 0, 4, 1, 0, 0, 1));
        Assert.Equal([1ul, 0, 0, 1], _eventFds.Select(e => e.Take()));
    }

    [Fact]
    public void One_of_INTx_MSI_and_MSI_X_is_armed_at_a_time()
    {
        Arm();
        Refused(Errno.EINVAL, Raw.SetIrqsMessage(EventFdData | Trigger, Intx, 0, 1), _eventFds[0].Descriptor);
        Refused(Errno.EINVAL, Raw.SetIrqsMessage(EventFdData | Trigger, Msi, 0, 1), _eventFds[0].Descriptor);
        Accepted(Raw.SetIrqsMessage(None | Trigger, MsiX, 0, 0));
        Accepted(Raw.SetIrqsMessage(EventFdData | Trigger, Msi, 0, 1), _eventFds[0].Descriptor);
        Refused(Errno.EINVAL, Raw.SetIrqsMessage(EventFdData | Trigger, MsiX, 0, 1), _eventFds[1].Descriptor);
    }

    private void Arm() => Accepted(
        Raw.SetIrqsMessage(EventFdData | Trigger, MsiX, 0, 4), [.. _eventFds.Select(e => e.Descriptor)]);

    private void Write(ulong offset, uint value) => Accepted(Raw.WriteMessage(0, offset, Raw.Bytes(value)));

    private byte[] Accepted(byte[] message, params ReadOnlySpan<int> descriptors)
    {
        VfioUserFrame reply = Exchange(message, descriptors);
        Assert.Equal(Errno.None, reply.Error);
        return reply.Payload.ToArray();
    }

    private void Refused(Errno error, byte[] message, params ReadOnlySpan<int> descriptors) =>
        Assert.Equal(error, Exchange(message, descriptors).Error);

    private VfioUserFrame Exchange(byte[] message, ReadOnlySpan<int> descriptors)
    {
        _client.Connection.Send(message, descriptors);
        return _client.Connection.Receive();
    }
}
