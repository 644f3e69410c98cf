using System.Runtime.InteropServices;
using Mdev.Sdk.Testing;
using Mdev.Sdk.Wire.Tests.Support;

namespace Mdev.Sdk.Wire.Tests;

/// <summary>
/// Memory that a client maps. Source: vfio-user, "VFIO_USER_DEVICE_GET_REGION_INFO"; linux/vfio.h, struct vfio_region_info and its
/// capabilities.
/// </summary>
public sealed class RegionMappingTests : IDisposable
{
    private const ulong Page = MemoryDevice.Page;
    private const uint ReadWriteMap = 7;
    private const uint Caps = 8;

    private readonly MemoryDevice _device = new();
    private readonly DeviceServer _server;

    public RegionMappingTests() => _server = new(_device);

    public void Dispose() => _server.Dispose();

    [Fact]
    public void A_region_of_memory_alone_is_mapped_whole_and_told_in_32_bytes_with_its_file()
    {
        using VfioUserFrame reply = _server.Exchange(Raw.RegionInfoMessage(0));
        Assert.Equal(Raw.Bytes(32u, ReadWriteMap, 0u, 0u, 16 * Page, 0ul), reply.Payload.ToArray());
        Assert.Single(reply.Descriptors);
    }

    [Fact]
    public void Parts_are_told_as_areas_and_those_that_touch_are_one()
    {
        using VfioUserFrame reply = _server.Exchange(Raw.RegionInfoMessage(2, argsz: 80));
        byte[] areas = Raw.Bytes((ushort)1, (ushort)1, 0u, 2u, 0u, Page, 3 * Page, 6 * Page, Page);
        Assert.Equal(Raw.Bytes(80u, ReadWriteMap | Caps, 2u, 32u, 16 * Page, 0ul, areas), reply.Payload.ToArray());
        Assert.Single(reply.Descriptors);
    }

    [Theory]
    [InlineData(32)]
    [InlineData(79)]
    public void Without_room_for_the_areas_the_reply_says_how_much_they_need_and_carries_no_file(uint argsz)
    {
        using VfioUserFrame reply = _server.Exchange(Raw.RegionInfoMessage(2, argsz));
        Assert.Equal(Raw.Bytes(80u, ReadWriteMap, 2u, 0u, 16 * Page, 0ul), reply.Payload.ToArray());
        Assert.Empty(reply.Descriptors);
    }

    [Fact]
    public void A_region_of_a_type_tells_it_and_one_to_be_read_only_is_that()
    {
        using VfioUserFrame reply = _server.Exchange(Raw.RegionInfoMessage(MemoryDevice.EdidRegion, argsz: 4096));
        Assert.Equal(
            Raw.Bytes(48u, 1u | 4 | Caps, 9u, 32u, Page, 0ul, (ushort)2, (ushort)1, 0u, 1u, 1u), reply.Payload.ToArray());
        Assert.Single(reply.Descriptors);
    }

    [Fact]
    public void Memory_that_is_not_mapped_has_no_file()
    {
        using VfioUserFrame reply = _server.Exchange(Raw.RegionInfoMessage(MemoryDevice.TrappedRegion));
        Assert.Equal(Raw.Bytes(32u, 3u, 10u, 0u, 100ul, 0ul), reply.Payload.ToArray());
        Assert.Empty(reply.Descriptors);
    }

    [Fact]
    public void Device_specific_regions_are_counted() => Assert.Equal(11u, _server.Client.GetDeviceInfo().Regions);

    [Fact]
    public void What_a_client_stores_in_its_mapping_the_device_and_trapped_reads_see_and_nothing_has_trapped()
    {
        using MappedRegion bar = _server.Client.MapRegion(0)!;
        bar.At<ulong>(0x2008) = 0x1122_3344_5566_7788;
        bar.Slice((16 * Page) - 3, 3).Fill(0xee);

        Assert.Equal(0x1122_3344_5566_7788ul, _device.Whole.At<ulong>(0x2008));
        Assert.Equal(new byte[] { 0xee, 0xee, 0xee }, _device.Whole.Slice((16 * MemoryDevice.Page) - 3, 3).ToArray());
        Assert.Equal(0, _device.Whole.Traps);
        Assert.Equal(new byte[] { 0x88, 0x77, 0x66 }, _server.Client.ReadRegion(0, 0x2008, 3));
        Assert.Equal(1, _device.Whole.Traps);
    }

    [Fact]
    public void What_the_device_and_trapped_writes_store_a_client_sees_in_its_mapping()
    {
        using MappedRegion bar = _server.Client.MapRegion(2)!;
        _device.Part.At<uint>(4) = 0xcafe_babe;
        _server.Client.WriteRegion(2, Page + 9, 1, 2, 3, 4, 5);
        _device.Far.Slice(0, 4)[3] = 7;

        Assert.Equal(0xcafe_babe, bar.At<uint>(Page + 4));
        Assert.Equal(new byte[] { 0, 1, 2, 3, 4, 5, 0 }, bar.Slice(Page + 8, 7).ToArray());
        Assert.Equal(7, bar.At<byte>((6 * Page) + 3));
    }

    [Fact]
    public void An_access_over_the_border_of_two_parts_reaches_both()
    {
        _server.Client.WriteRegion(2, (3 * Page) - 2, 1, 2, 3, 4);
        Assert.Equal(0x0201, _device.Part.At<ushort>((2 * MemoryDevice.Page) - 2));
        Assert.Equal(0x0403, _device.Next.At<ushort>(0));
    }

    [Fact]
    public void Holes_of_the_file_hold_nothing_of_what_traps()
    {
        _server.Client.WriteRegion(2, 0, 0x5a, 0x5a, 0x5a, 0x5a);
        _server.Client.WriteRegion(2, 0x204, 0xa5, 0xa5);
        Assert.Equal(0xa5a5, _device.Small.At<ushort>(0));

        using VfioUserFrame reply = _server.Exchange(Raw.RegionInfoMessage(2, argsz: 4096));
        var page = new byte[Page];
        Assert.Equal((int)Page, RandomAccess.Read(reply.Descriptors[0], page, 0));
        Assert.Equal(new byte[Page], page);
    }

    [Fact]
    public void A_client_can_neither_truncate_nor_extend_nor_seal_the_file()
    {
        using VfioUserFrame reply = _server.Exchange(Raw.RegionInfoMessage(0));
        Assert.Throws<UnauthorizedAccessException>(() => RandomAccess.SetLength(reply.Descriptors[0], 0));
        Assert.Throws<UnauthorizedAccessException>(() => RandomAccess.SetLength(reply.Descriptors[0], 17 * (long)Page));
        Assert.Equal(-1, Fcntl((int)reply.Descriptors[0].DangerousGetHandle(), AddSeals, FutureWrite));

        _device.Whole.At<uint>(0) = 1;
        Assert.Equal(new byte[] { 1, 0 }, _server.Client.ReadRegion(0, 0, 2));
    }

    [Fact]
    public void A_read_only_region_is_written_neither_by_messages_nor_through_its_file()
    {
        _device.Edid.At<uint>(0) = 0x00ff_ffff;
        _server.Client.WriteRegion(MemoryDevice.EdidRegion, 0, 1, 2, 3, 4);
        Assert.Equal(new byte[] { 0xff, 0xff, 0xff, 0 }, _server.Client.ReadRegion(MemoryDevice.EdidRegion, 0, 4));

        using VfioUserFrame reply = _server.Exchange(Raw.RegionInfoMessage(MemoryDevice.EdidRegion, argsz: 4096));
        Assert.Throws<UnauthorizedAccessException>(() => RandomAccess.Write(reply.Descriptors[0], [1], 0));

        // The flags say that it is read; one who maps it to be written all the same gets nothing.
        VfioRegionInfo lie = new VfioRegionInfo(7, Page, 0) { Areas = [new(0, Page)] };
        Assert.Throws<IOException>(() => new MappedRegion(lie, reply.Descriptors[0]));

        using MappedRegion edid = _server.Client.MapRegion(MemoryDevice.EdidRegion)!;
        Assert.Equal(0x00ff_ffffu, edid.At<uint>(0));
        _device.Edid.At<uint>(0) = 5;
        Assert.Equal(5u, edid.At<uint>(0));
    }

    [Fact]
    public void Memory_outlives_its_client_and_a_reset_unless_it_says_so_and_a_cold_one_ends_it()
    {
        using (MappedRegion bar = _server.Client.MapRegion(2)!)
        {
            bar.At<uint>(Page) = 11;
            bar.At<uint>(6 * Page) = 12;
        }
        _server.Reconnect();
        Assert.Equal(11, _server.Client.ReadRegion(2, Page, 1)[0]);

        _server.Client.Reset();
        Assert.Equal(11, _server.Client.ReadRegion(2, Page, 1)[0]);
        Assert.Equal(0, _server.Client.ReadRegion(2, 6 * Page, 1)[0]);

        using MappedRegion again = _server.Client.MapRegion(2)!;
        _device.Reset(Registers.ResetKind.Cold);
        Assert.Equal(0u, again.At<uint>(Page));
        again.At<uint>(Page) = 13;
        Assert.Equal(13u, _device.Part.At<uint>(0));
    }

    [Fact]
    public void Clients_that_ask_and_go_leave_no_descriptor_and_a_device_that_ends_leaves_no_mapping()
    {
        int before = Holdings.Descriptors;
        for (int i = 0; i < 20; i++)
        {
            _server.Client.MapRegion(0)!.Dispose();
            _ = _server.Client.GetRegionInfo(2);

            // The reply with its descriptor is on its way when the client dies.
            _server.Client.Connection.Send(Raw.RegionInfoMessage(0));
            _server.Reconnect();
        }
        Holdings.AssertNoMoreDescriptorsThan(before);

        int mapped = Mappings();
        Assert.Equal(3, mapped);
        _server.Dispose();
        Assert.True(Holdings.Eventually(() => Mappings() == 0));
    }

    [Fact]
    public void A_request_that_wants_no_reply_gets_none_and_no_descriptor()
    {
        int before = Holdings.Descriptors;
        byte[] silent = Raw.RegionInfoMessage(0);
        silent[8] = (byte)Raw.NoReply;
        _server.Client.Connection.Send(silent);
        using VfioUserFrame reply = _server.Exchange(Raw.GetInfoMessage(id: 77));
        Assert.Empty(reply.Descriptors);
        Holdings.AssertNoMoreDescriptorsThan(before);
    }

    private const int AddSeals = 1033;
    private const int FutureWrite = 0x10;

    private static int Mappings() => File.ReadLines("/proc/self/maps").Count(l => l.Contains("memfd:mdev-region", StringComparison.Ordinal));

    [DllImport("libc", EntryPoint = "fcntl", SetLastError = true)]
    private static extern int Fcntl(int descriptor, int command, int argument);
}
