using Mdev.Sdk.Testing;
using Mdev.Sdk.Wire.Tests.Support;

namespace Mdev.Sdk.Wire.Tests;

/// <summary>DMA_MAP and what a device does with the memory. Source: vfio-user, "VFIO_USER_DMA_MAP".</summary>
public sealed class DmaMapTests : WireTest
{
    private const ulong Size = 0x4000;

    // Arbitrary, above 4 GiB so that no half of an address is lost unseen.
    private const ulong Base = 0x12_3456_8000;

    private readonly SharedMemory _guest = new((long)Size);

    public override void Dispose()
    {
        base.Dispose();
        _guest.Dispose();
    }

    [Fact]
    public void A_device_reads_what_the_guest_has_stored()
    {
        Assert.Empty(Accepted(Raw.MapMessage(Base, Size), _guest.Descriptor));
        _guest.Write(0x123, [1, 2, 3, 4, 5]);
        Assert.True(CopyFromGuest(Base + 0x123, 5));
        Assert.Equal(new byte[] { 1, 2, 3, 4, 5 }, Client.ReadRegion(0, 0, 5));
    }

    [Fact]
    public void A_guest_reads_what_the_device_has_stored()
    {
        Accepted(Raw.MapMessage(Base, Size), _guest.Descriptor);
        Client.WriteRegion(0, 0, 6, 7, 8, 9, 10);
        Assert.True(CopyToGuest(Base + 0x321, 5));
        Assert.Equal(new byte[] { 0, 6, 7, 8, 9, 10, 0 }, _guest.Read(0x320, 7));
    }

    [Fact]
    public void A_mapping_may_begin_anywhere_in_the_file()
    {
        Accepted(Raw.MapMessage(Base, 0x1000, offset: 0x3000), _guest.Descriptor);
        _guest.Write(0x3000, [0xaa]);
        Assert.True(CopyFromGuest(Base, 1));
        Assert.Equal(new byte[] { 0xaa }, Client.ReadRegion(0, 0, 1));
    }

    [Fact]
    public void A_copy_may_cross_from_one_mapping_into_the_next()
    {
        Accepted(Raw.MapMessage(Base, 0x1000, offset: 0x2000), _guest.Descriptor);
        Accepted(Raw.MapMessage(Base + 0x1000, 0x1000, offset: 0), _guest.Descriptor);
        _guest.Write(0x2ffe, [1, 2]);
        _guest.Write(0, [3, 4]);
        Assert.True(CopyFromGuest(Base + 0xffe, 4));
        Assert.Equal(new byte[] { 1, 2, 3, 4 }, Client.ReadRegion(0, 0, 4));
    }

    [Fact]
    public void A_copy_that_leaves_the_mapping_fails_at_both_ends()
    {
        Accepted(Raw.MapMessage(Base, Size), _guest.Descriptor);
        Assert.False(CopyFromGuest(Base + Size - 2, 4));
        Assert.False(CopyToGuest(Base + Size - 2, 4));
        Assert.False(CopyFromGuest(Base - 1, 4));
        Assert.False(CopyFromGuest(ulong.MaxValue - 1, 4));
    }

    [Fact]
    public void A_device_does_only_what_the_flags_allow()
    {
        Accepted(Raw.MapMessage(Base, 0x1000, flags: 1), _guest.Descriptor);
        Accepted(Raw.MapMessage(Base + 0x1000, 0x1000, 0x1000, flags: 2), _guest.Descriptor);
        Accepted(Raw.MapMessage(Base + 0x2000, 0x1000, 0x2000, flags: 0), _guest.Descriptor);

        Assert.True(CopyFromGuest(Base, 4));
        Assert.False(CopyToGuest(Base, 4));
        Assert.False(CopyFromGuest(Base + 0x1000, 4));
        Assert.True(CopyToGuest(Base + 0x1000, 4));
        Assert.False(CopyFromGuest(Base + 0x2000, 4));
        Assert.False(CopyToGuest(Base + 0x2000, 4));
    }

    [Fact]
    public void Memory_that_the_client_does_not_share_is_accepted_but_out_of_reach()
    {
        Assert.Empty(Accepted(Raw.MapMessage(Base, Size)));
        Assert.False(CopyFromGuest(Base, 4));
        Assert.False(CopyToGuest(Base, 4));
    }

    [Fact]
    public void The_operator_reads_once_how_to_share_memory()
    {
        Accepted(Raw.MapMessage(Base, 0x1000));
        Accepted(Raw.MapMessage(Base + 0x1000, 0x1000));
        Assert.Single(Server.Log.Lines, line => line.Contains("share=on", StringComparison.Ordinal));
    }

    [Fact]
    public void Memory_that_is_read_only_is_never_shared_and_worth_no_line()
    {
        Accepted(Raw.MapMessage(Base, 0x1000, flags: 1));
        Assert.DoesNotContain(Server.Log.Lines, line => line.Contains("share=on", StringComparison.Ordinal));
    }

    [Fact]
    public void Another_devices_memory_is_not_shared_by_a_client_that_shares_its_own_and_worth_no_line()
    {
        Accepted(Raw.MapMessage(Base, Size), _guest.Descriptor);
        Accepted(Raw.MapMessage(Base + 0x10_0000, 0x1000));
        Assert.DoesNotContain(Server.Log.Lines, line => line.Contains("share=on", StringComparison.Ordinal));
    }

    [Fact]
    public void A_mapping_made_twice_is_accepted_and_one_unmapping_removes_it()
    {
        Accepted(Raw.MapMessage(Base, Size), _guest.Descriptor);
        Accepted(Raw.MapMessage(Base, Size), _guest.Descriptor);
        Assert.True(CopyFromGuest(Base, 4));

        Accepted(Raw.UnmapMessage(Base, Size));
        Assert.False(CopyFromGuest(Base, 4));
        Refused(Errno.ENOENT, Raw.UnmapMessage(Base, Size));
    }

    [Theory]
    [InlineData(0, 0x1000)]
    [InlineData(0x1000, 0x1000)]
    [InlineData(0x3fff, 1)]
    [InlineData(0x3000, 0x2000)]
    [InlineData(-0x1000, 0x1001)]
    [InlineData(-0x1000, 0x8000)]
    public void An_overlap_is_refused_with_EEXIST_and_changes_nothing(long distance, ulong size)
    {
        _guest.Write(0, [0x5a]);
        Accepted(Raw.MapMessage(Base, Size), _guest.Descriptor);
        using var other = new SharedMemory(0x10000);

        Refused(Errno.EEXIST, Raw.MapMessage(Base + (ulong)distance, size), other.Descriptor);

        Assert.True(CopyFromGuest(Base, 1));
        Assert.Equal(new byte[] { 0x5a }, Client.ReadRegion(0, 0, 1));
    }

    [Fact]
    public void The_same_range_with_other_attributes_is_an_overlap()
    {
        Accepted(Raw.MapMessage(Base, 0x1000), _guest.Descriptor);
        Refused(Errno.EEXIST, Raw.MapMessage(Base, 0x1000, flags: 1), _guest.Descriptor);
        Refused(Errno.EEXIST, Raw.MapMessage(Base, 0x1000, offset: 0x1000), _guest.Descriptor);
        Refused(Errno.EEXIST, Raw.MapMessage(Base, 0x1000));
    }

    [Fact]
    public void Neighbours_are_no_overlap()
    {
        Accepted(Raw.MapMessage(Base + 0x1000, 0x1000), _guest.Descriptor);
        Accepted(Raw.MapMessage(Base, 0x1000), _guest.Descriptor);
        Accepted(Raw.MapMessage(Base + 0x2000, 0x1000), _guest.Descriptor);
    }

    [Fact]
    public void The_last_byte_of_the_address_space_can_be_mapped()
    {
        _guest.Write(0xfff, [0x42]);
        Accepted(Raw.MapMessage(ulong.MaxValue - 0xfff, 0x1000), _guest.Descriptor);
        Assert.True(CopyFromGuest(ulong.MaxValue, 1));
        Assert.Equal(new byte[] { 0x42 }, Client.ReadRegion(0, 0, 1));
        Assert.False(CopyFromGuest(ulong.MaxValue, 2));
    }

    [Fact]
    public void A_range_that_wraps_is_refused()
    {
        Refused(Raw.MapMessage(ulong.MaxValue - 0xfff, 0x1001));
        Refused(Raw.MapMessage(ulong.MaxValue, 2), _guest.Descriptor);
    }

    [Fact]
    public void Nothing_cannot_be_mapped() => Refused(Raw.MapMessage(Base, 0), _guest.Descriptor);

    [Fact]
    public void More_than_8_TiB_are_refused_with_ENOSPC()
    {
        const ulong Most = 8ul << 40;
        Accepted(Raw.MapMessage(0, Most));
        Accepted(Raw.UnmapMessage(0, Most));
        Refused(Errno.ENOSPC, Raw.MapMessage(0, Most + 0x1000));
        Refused(Errno.ENOSPC, Raw.MapMessage(0, Most + 0x1000), _guest.Descriptor);
    }

    [Theory]
    [InlineData(0x4)]
    [InlineData(0x8)]
    [InlineData(0x13)]
    [InlineData(0x80000000)]
    public void Flags_that_mean_nothing_are_refused(uint flags) => Refused(Raw.MapMessage(Base, Size, flags: flags));

    [Theory]
    [InlineData(0)]
    [InlineData(31)]
    public void An_argsz_shorter_than_the_request_is_refused(uint argsz) =>
        Refused(Raw.MapMessage(Base, Size, argsz: argsz), _guest.Descriptor);

    [Fact]
    public void A_request_cut_short_is_refused()
    {
        byte[] payload = Raw.MapMessage(Base, Size)[16..];
        for (int length = 0; length < payload.Length; length++)
            Refused(Raw.Message(Raw.DmaMap, payload[..length]), _guest.Descriptor);
        Refused(Errno.ENOENT, Raw.UnmapMessage(Base, Size));
    }

    [Fact]
    public void More_than_one_descriptor_is_refused() =>
        Refused(Raw.MapMessage(Base, Size), _guest.Descriptor, _guest.Descriptor);

    [Fact]
    public void A_descriptor_that_is_no_memory_is_refused()
    {
        using var eventFd = new EventFd();
        Refused(Raw.MapMessage(Base, Size), eventFd.Descriptor);
        using var socket = new System.Net.Sockets.Socket(
            System.Net.Sockets.AddressFamily.Unix, System.Net.Sockets.SocketType.Stream, 0);
        Refused(Raw.MapMessage(Base, Size), (int)socket.Handle);
    }

    [Fact]
    public void A_range_that_the_file_does_not_have_is_refused()
    {
        Refused(Raw.MapMessage(Base, Size + 1), _guest.Descriptor);
        Refused(Raw.MapMessage(Base, Size, offset: 0x1000), _guest.Descriptor);
        Refused(Raw.MapMessage(Base, Size, offset: ulong.MaxValue - 0xfff), _guest.Descriptor);
        Refused(Raw.MapMessage(Base, 0x1000, offset: 1ul << 63), _guest.Descriptor);
    }

    [Fact]
    public void A_file_that_the_client_truncates_makes_copies_fail_and_nothing_worse()
    {
        Accepted(Raw.MapMessage(Base, Size), _guest.Descriptor);
        _guest.Resize(0x1000);

        Assert.True(CopyFromGuest(Base, 4));
        Assert.False(CopyFromGuest(Base + 0x1000, 4));
        Assert.False(CopyFromGuest(Base + 0xffe, 4));
        Assert.False(CopyToGuest(Base + 0x2000, 4));
        Assert.Equal(0x1000, RandomAccess.GetLength(_guest.Handle));
        AssertInStep();
    }

    [Fact]
    public void What_a_client_has_mapped_is_gone_with_it()
    {
        Accepted(Raw.MapMessage(Base, Size), _guest.Descriptor);
        Reconnect();
        Assert.False(CopyFromGuest(Base, 4));
        Accepted(Raw.MapMessage(Base, Size), _guest.Descriptor);
    }

    [Fact]
    public void Many_mappings_are_found_again()
    {
        // In an order that is none, so that a sorted list has to be one.
        ulong[] pages = [.. Enumerable.Range(0, 500).Select(i => (ulong)(i * 7919 % 500))];
        foreach (ulong page in pages)
            Client.MapDma(Base + (page * 0x2000), 0x1000, _guest, (page & 3) * 0x1000);
        foreach (ulong page in pages)
        {
            Assert.True(CopyFromGuest(Base + (page * 0x2000), 4));
            Assert.False(CopyFromGuest(Base + (page * 0x2000) + 0x1000, 4));
        }
        foreach (ulong page in pages)
            Client.UnmapDma(Base + (page * 0x2000), 0x1000);
        Refused(Errno.ENOENT, Raw.UnmapMessage(Base, 0x1000));
    }

    private bool CopyFromGuest(ulong address, uint count) => Copy(0x58, address, count);

    private bool CopyToGuest(ulong address, uint count) => Copy(0x5c, address, count);

    private bool Copy(ulong register, ulong address, uint count)
    {
        Client.WriteRegion(0, 0x50, Raw.Bytes(address));
        Client.WriteRegion(0, register, Raw.Bytes(count));
        return Client.ReadRegion(0, 0x60, 4)[0] == 1;
    }
}
