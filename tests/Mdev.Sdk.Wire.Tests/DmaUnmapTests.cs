using Mdev.Sdk.Testing;
using Mdev.Sdk.Wire.Tests.Support;

namespace Mdev.Sdk.Wire.Tests;

/// <summary>DMA_UNMAP. Source: vfio-user, "VFIO_USER_DMA_UNMAP".</summary>
public sealed class DmaUnmapTests : WireTest
{
    private const uint All = 2;
    private const ulong Base = 0x10_0000;
    private const ulong Size = 0x2000;

    private readonly SharedMemory _guest = new((long)Size);

    public DmaUnmapTests() => Client.MapDma(Base, Size, _guest);

    public override void Dispose()
    {
        base.Dispose();
        _guest.Dispose();
    }

    [Fact]
    public void The_reply_repeats_the_request_and_the_memory_is_out_of_reach()
    {
        Assert.True(IsReachable());
        byte[] request = Raw.UnmapMessage(Base, Size);
        Assert.Equal(request[16..], Accepted(request));
        Assert.False(IsReachable());
    }

    [Fact]
    public void Once_it_is_answered_the_descriptor_is_closed()
    {
        int before = Holdings.Descriptors;
        Accepted(Raw.UnmapMessage(Base, Size));
        Assert.Equal(before - 1, Holdings.Descriptors);
    }

    [Theory]
    [InlineData(Base, 0x1000)]
    [InlineData(Base + 0x1000, 0x1000)]
    [InlineData(Base, 0x3000)]
    [InlineData(Base - 0x1000, 0x3000)]
    [InlineData(Base + 0x100000, 0x2000)]
    [InlineData(Base, 0)]
    [InlineData(0, 0)]
    [InlineData(ulong.MaxValue, ulong.MaxValue)]
    public void Anything_but_a_whole_mapping_is_refused_with_ENOENT(ulong address, ulong size)
    {
        Refused(Errno.ENOENT, Raw.UnmapMessage(address, size));
        Assert.True(IsReachable());
    }

    [Fact]
    public void All_mappings_can_be_removed_at_once()
    {
        Client.MapDma(0x8000_0000, 0x1000, null);
        Assert.Equal(24, Accepted(Raw.UnmapMessage(0, 0, All)).Length);
        Assert.False(IsReachable());
        Refused(Errno.ENOENT, Raw.UnmapMessage(0x8000_0000, 0x1000));

        // Nothing left is no mistake: QEMU says so whenever its address space changes.
        Accepted(Raw.UnmapMessage(0, 0, All));
    }

    [Fact]
    public void All_of_a_range_means_nothing()
    {
        Refused(Raw.UnmapMessage(Base, Size, All));
        Refused(Raw.UnmapMessage(Base, 0, All));
        Refused(Raw.UnmapMessage(0, Size, All));
        Assert.True(IsReachable());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(0x80000000)]
    public void Flags_that_are_not_served_are_refused(uint flags)
    {
        Refused(Raw.UnmapMessage(Base, Size, flags));
        Refused(Raw.UnmapMessage(0, 0, flags));
        Assert.True(IsReachable());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(8)]
    [InlineData(23)]
    [InlineData((1 << 20) + 1)]
    public void An_argsz_without_room_for_the_answer_or_for_more_than_any_answer_has_is_refused(uint argsz)
    {
        Refused(Raw.UnmapMessage(Base, Size, argsz: argsz));
        Assert.True(IsReachable());
    }

    [Fact]
    public void A_request_cut_short_is_refused()
    {
        byte[] payload = Raw.UnmapMessage(Base, Size)[16..];
        for (int length = 0; length < payload.Length; length++)
            Refused(Raw.Message(Raw.DmaUnmap, payload[..length]));
        Assert.True(IsReachable());
    }

    private bool IsReachable()
    {
        Client.WriteRegion(0, 0x50, Raw.Bytes(Base));
        Client.WriteRegion(0, 0x58, Raw.Bytes(4u));
        return Client.ReadRegion(0, 0x60, 4)[0] == 1;
    }
}
