using Mdev.Sdk.Testing;
using Mdev.Sdk.Wire.Tests.Support;

namespace Mdev.Sdk.Wire.Tests;

/// <summary>DMA logging, and DMA_UNMAP with a bitmap. Source: vfio-user, "VFIO_USER_DEVICE_FEATURE", "VFIO_USER_DMA_UNMAP"; linux/vfio.h.</summary>
public sealed class DirtyPagesTests : WireTest
{
    private const ushort DeviceFeature = 16;
    private const uint Start = 6 | Set, Stop = 7 | Set, Report = 8 | Get, Get = 1 << 16, Set = 1 << 17;
    private const ulong Base = 0x10_0000, Page = 4096, Size = 100 * Page;
    private const int Bitmap = 16;

    private readonly SharedMemory _guest = new((long)Size);

    public DirtyPagesTests() => Client.MapDma(Base, Size, _guest);

    public override void Dispose()
    {
        base.Dispose();
        _guest.Dispose();
    }

    [Fact]
    public void What_the_device_writes_is_told_once()
    {
        Write(Base + Page);
        Client.StartDmaLogging();
        Assert.Equal(Bits(), Client.ReportDirty(Base, Size));
        Write(Base);
        Write(Base + (70 * Page));
        Write(Base + Size - 4);
        Read(Base + (5 * Page));
        Assert.Equal(Bits(0, 70, 99), Client.ReportDirty(Base, Size));
        Assert.Equal(Bits(), Client.ReportDirty(Base, Size));
        Client.StopDmaLogging();
    }

    [Fact]
    public void Larger_pages_tell_all_of_theirs()
    {
        Client.StartDmaLogging();
        Write(Base + (3 * Page));
        Write(Base + (65 * Page));
        Assert.Equal(Raw.Bytes(1ul | (1ul << 16)), Client.ReportDirty(Base, Size, 4 * Page));
    }

    [Fact]
    public void A_write_over_a_border_is_in_both_pages()
    {
        Client.StartDmaLogging();
        Write(Base + (8 * Page) - 2);
        Assert.Equal(Bits(7, 8), Client.ReportDirty(Base, Size));
    }

    [Fact]
    public void A_report_repeats_its_question_and_has_its_own_argsz()
    {
        Client.StartDmaLogging();
        byte[] reply = Accepted(Message(1000, Report, Raw.Bytes(Base, Size, Page)));
        Assert.Equal(Raw.Bytes(8u + 24 + Bitmap, Report, Base, Size, Page), reply[..32]);
        Assert.Equal(32 + Bitmap, reply.Length);
    }

    [Fact]
    public void Memory_mapped_later_is_logged_too()
    {
        using var more = new SharedMemory(0x1000);
        Client.StartDmaLogging();
        Client.MapDma(0x8000_0000, 0x1000, more);
        Write(0x8000_0000);
        Assert.Equal(Raw.Bytes(1ul), Client.ReportDirty(0x8000_0000, 0x1000));
    }

    [Fact]
    public void To_start_again_with_the_same_pages_is_no_mistake()
    {
        Client.StartDmaLogging();
        Write(Base);
        Assert.Equal(Errno.None, Client.TryStartDmaLogging(Page, (Base, Size)));
        Assert.Equal(Errno.EINVAL, Client.TryStartDmaLogging(2 * Page));
        Assert.Equal(Bits(0), Client.ReportDirty(Base, Size));
    }

    [Fact]
    public void A_start_is_answered_with_the_request()
    {
        byte[] request = Message(24 + 32, Start, Raw.Bytes(Page, 2u, 0u, Base, Page, Base + Page, Page));
        Assert.Equal(request[16..], Accepted(request));
        request = Message(24, Stop, Raw.Bytes(Page, 0u, 0u));
        Assert.Equal(request[16..], Accepted(request));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(4097)]
    [InlineData(ulong.MaxValue)]
    public void A_page_size_that_is_none_is_refused(ulong pageSize)
    {
        Assert.Equal(Errno.EINVAL, Client.TryStartDmaLogging(pageSize));
        Client.StartDmaLogging();
        Refused(Message(1 << 20, Report, Raw.Bytes(Base, Size, pageSize)));
        Refused(UnmapMessage(Base, Size, pageSize, Bitmap));
    }

    [Fact]
    public void A_start_of_another_form_is_refused()
    {
        byte[] data = Raw.Bytes(Page, 1u, 0u, Base, Size);
        for (int length = 0; length < data.Length; length++)
            Refused(Message(1000, Start, data[..length]));
        Refused(Message(1000, Start, [.. data, 0]));
        Refused(Message(23, Start, Raw.Bytes(Page, 0u, 0u)));
        Refused(Message(1000, Start, Raw.Bytes(Page, uint.MaxValue, 0u)));
        Refused(Message(1000, Start, Raw.Bytes(Page, 0x10000000u, 0u)));
        Refused(Message(1000, Start, Raw.Bytes(Page, 1u, 0u, Base, 0ul)));
        Refused(Message(1000, Start, Raw.Bytes(Page, 1u, 0u, ulong.MaxValue, 2ul)));
        Refused(Message(1000, Report, Raw.Bytes(Base, Size, Page)));
    }

    [Fact]
    public void Nothing_is_reported_before_the_start_or_after_the_stop()
    {
        Refused(Message(1000, Report, Raw.Bytes(Base, Size, Page)));
        Refused(UnmapMessage(Base, Size, Page, Bitmap));
        Client.StartDmaLogging();
        Client.StopDmaLogging();
        Client.StopDmaLogging();
        Refused(Message(1000, Report, Raw.Bytes(Base, Size, Page)));
        Refused(UnmapMessage(Base, Size, Page, Bitmap));
        Client.UnmapDma(Base, Size);
    }

    [Fact]
    public void What_is_not_mapped_so_cannot_be_reported()
    {
        Client.StartDmaLogging();
        Refused(Errno.ENOENT, Message(1000, Report, Raw.Bytes(0xdead_beeful, Size, Page)));
        Refused(Errno.ENOTSUP, Message(1000, Report, Raw.Bytes(Base + Page, Page, Page)));
        Refused(Errno.ENOTSUP, Message(1000, Report, Raw.Bytes(Base, Size + 1, Page)));
        Refused(Message(1000, Report, Raw.Bytes(Base, 0ul, Page)));
        Client.UnmapDma(Base, Size);
        Refused(Errno.ENOENT, Message(1000, Report, Raw.Bytes(Base, Size, Page)));
    }

    [Fact]
    public void An_argsz_without_room_for_the_bitmap_is_refused()
    {
        Client.StartDmaLogging();
        Refused(Message(8 + 24 + Bitmap - 1, Report, Raw.Bytes(Base, Size, Page)));
        Refused(UnmapMessage(Base, Size, Page, Bitmap, argsz: 40 + Bitmap - 1));
        Accepted(Message(8 + 24 + Bitmap, Report, Raw.Bytes(Base, Size, Page)));
    }

    [Theory]
    [InlineData(0x1_0000_0000_0000, 1)]
    [InlineData(0xffff_ffff_ffff_f000, 4096)]
    [InlineData(ulong.MaxValue, 1)]
    public void A_bitmap_beyond_all_bounds_is_refused(ulong size, ulong pageSize)
    {
        Client.StartDmaLogging();
        Refused(Message(uint.MaxValue, Report, Raw.Bytes(Base, size, pageSize)));
        Refused(UnmapMessage(Base, size, pageSize, ulong.MaxValue, uint.MaxValue));
        Refused(UnmapMessage(Base, size, pageSize, (size / pageSize / 64 * 8) + 8, uint.MaxValue));
    }

    [Fact]
    public void A_report_cut_short_is_refused()
    {
        Client.StartDmaLogging();
        byte[] data = Raw.Bytes(Base, Size, Page);
        for (int length = 0; length < data.Length; length++)
            Refused(Message(1000, Report, data[..length]));
    }

    [Fact]
    public void An_unmapping_tells_what_was_written()
    {
        Client.StartDmaLogging();
        Write(Base + (64 * Page));
        byte[] request = UnmapMessage(Base, Size, Page, Bitmap);
        Assert.Equal([.. request[16..], .. Bits(64)], Accepted(request));
        Refused(Errno.ENOENT, Raw.UnmapMessage(Base, Size));
    }

    [Fact]
    public void An_unmapping_by_the_client_library_too()
    {
        Client.StartDmaLogging();
        Write(Base);
        byte[] bitmap = new byte[VfioUserClient.BitmapSize(Size, Page)];
        Assert.Equal(Errno.EINVAL, Client.TryUnmapDma(Base, Size, Page, bitmap.AsSpan(8)));
        Assert.Equal(Errno.ENOENT, Client.TryUnmapDma(Base, Size - 1, Page, bitmap));
        Assert.Equal(Errno.None, Client.TryUnmapDma(Base, Size, Page, bitmap));
        Assert.Equal(Bits(0), bitmap);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(8)]
    [InlineData(24)]
    [InlineData(ulong.MaxValue)]
    public void An_unmapping_with_a_bitmap_of_another_size_is_refused(ulong bitmap)
    {
        Client.StartDmaLogging();
        Refused(UnmapMessage(Base, Size, Page, bitmap, uint.MaxValue));
        Client.UnmapDma(Base, Size);
    }

    [Fact]
    public void An_unmapping_cut_short_is_refused()
    {
        Client.StartDmaLogging();
        byte[] payload = UnmapMessage(Base, Size, Page, Bitmap)[16..];
        for (int length = 0; length < payload.Length; length++)
            Refused(Raw.Message(Raw.DmaUnmap, payload[..length]));
        Refused(Raw.Message(Raw.DmaUnmap, Raw.Bytes(1000u, 3u, 0ul, 0ul, Page, 8ul)));
        Client.UnmapDma(Base, Size);
    }

    [Fact]
    public void The_next_client_begins_without_a_log()
    {
        Client.StartDmaLogging();
        Reconnect();
        Client.MapDma(Base, Size, _guest);
        Refused(Message(1000, Report, Raw.Bytes(Base, Size, Page)));
        Assert.Equal(Errno.None, Client.TryStartDmaLogging(2 * Page));
    }

    private void Write(ulong address)
    {
        Client.WriteRegion(0, 0x50, Raw.Bytes(address));
        Client.WriteRegion(0, 0x5c, Raw.Bytes(4u));
        Assert.Equal(1, Client.ReadRegion(0, 0x60, 4)[0]);
    }

    private void Read(ulong address)
    {
        Client.WriteRegion(0, 0x50, Raw.Bytes(address));
        Client.WriteRegion(0, 0x58, Raw.Bytes(4u));
    }

    private static byte[] Bits(params int[] pages)
    {
        byte[] bits = new byte[Bitmap];
        foreach (int page in pages)
            bits[page / 8] |= (byte)(1 << (page % 8));
        return bits;
    }

    private static byte[] Message(uint argsz, uint flags, byte[] data) => Raw.Message(DeviceFeature, Raw.Bytes(argsz, flags, data));

    private static byte[] UnmapMessage(ulong address, ulong size, ulong pageSize, ulong bitmap, uint? argsz = null) =>
        Raw.Message(Raw.DmaUnmap, Raw.Bytes(argsz ?? (uint)(40 + bitmap), 1u, address, size, pageSize, bitmap));
}
