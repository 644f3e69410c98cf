using System.Buffers;
using Mdev.Sdk.Dma;

namespace Mdev.Sdk.Tests.Dma;

public sealed class GuestLeaseTests : IDisposable
{
    private readonly MappedGuest _guest = new();

    public GuestLeaseTests() => _guest.Map(0x10000, 0x1000);

    public void Dispose() => _guest.Dispose();

    [Fact]
    public async Task A_file_is_read_straight_into_guest_memory()
    {
        string path = Path.GetTempFileName();
        await File.WriteAllBytesAsync(path, [1, 2, 3]);
        Assert.True(_guest.Memory.TryLease(0x10010, 3, DmaAccess.Write, out GuestLease lease));
        using (lease)
        using (var file = File.OpenHandle(path))
            Assert.Equal(3, await RandomAccess.ReadAsync(file, lease.WritableBytes, 0));
        Assert.Equal([1, 2, 3], _guest.File.Read(0x10, 3));
        File.Delete(path);
    }

    [Fact]
    public void After_its_disposal_its_memory_cannot_be_reached()
    {
        Assert.True(_guest.Memory.TryLease(0x10000, 8, DmaAccess.ReadWrite, out GuestLease lease));
        Assert.Equal(0x10000UL, lease.Address);
        Memory<byte> kept = lease.WritableBytes;
        GuestLease copy = lease;
        Assert.True(copy == lease && copy.IsValid);
        lease.Dispose();
        copy.Dispose();
        Assert.False(copy.IsValid);
        Assert.Throws<ObjectDisposedException>(() => kept.Span[0]);
        Assert.Throws<ObjectDisposedException>(() => kept.Pin());
        Assert.Throws<ObjectDisposedException>(() => copy.Bytes);
        Assert.Equal(Errno.None, _guest.Memory.Unmap(0x10000, 0x1000));
        Assert.Throws<ObjectDisposedException>(() => kept.Pin());
    }

    [Fact]
    public void Memory_leased_to_be_read_is_not_written()
    {
        Assert.True(_guest.Memory.TryLease(0x10000, 8, DmaAccess.Read, out GuestLease lease));
        using (lease)
        {
            Assert.Equal(8, lease.Bytes.Length);
            Assert.Throws<InvalidOperationException>(() => lease.WritableBytes);
        }
        Assert.True(default(GuestLease).Bytes.IsEmpty && default(GuestLease).WritableBytes.IsEmpty);
        Assert.False(_guest.Memory.TryLease(0x10fff, 2, DmaAccess.Read, out GuestLease none));
        none.Dispose();
    }

    [Fact]
    public void What_is_pinned_stays_until_it_is_unpinned()
    {
        Assert.True(_guest.Memory.TryLease(0x10000, 8, DmaAccess.ReadWrite, out GuestLease lease));
        MemoryHandle pin = lease.WritableBytes.Pin();
        lease.Dispose();
        Assert.Equal(Errno.None, _guest.Memory.Unmap(0x10000, 0x1000, TimeSpan.Zero));
        Assert.Equal(1, _guest.Memory.Revoked);
        unsafe
        {
            ((byte*)pin.Pointer)[7] = 1;
        }
        pin.Dispose();
        Assert.Equal([0], _guest.File.Read(7, 1));
    }
}
