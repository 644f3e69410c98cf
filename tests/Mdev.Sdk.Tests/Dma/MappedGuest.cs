using Mdev.Sdk.Dma;
using Mdev.Sdk.Testing;

namespace Mdev.Sdk.Tests.Dma;

/// <summary>Guest memory of one file, and what it logs.</summary>
internal sealed class MappedGuest : IDisposable
{
    public const DmaProtection ReadWrite = DmaProtection.Read | DmaProtection.Write;

    public MappedGuest(long size = 0x10000, Lock? gate = null)
    {
        (File, Memory) = (new SharedMemory(size), new GuestMemory(gate));
        Memory.LogAs(Guid.Empty, Log);
    }

    public GuestMemory Memory { get; }

    public SharedMemory File { get; }

    public ListLogger Log { get; } = new();

    public void Map(ulong address, ulong size, ulong offset = 0, DmaProtection protection = ReadWrite) =>
        Assert.Equal(Errno.None, Memory.Map(new(address, size, protection, offset, Handles.Duplicate(File.Handle))));

    public void MapUnshared(ulong address, ulong size, DmaProtection protection = ReadWrite) =>
        Assert.Equal(Errno.None, Memory.Map(new(address, size, protection, 0, file: null)));

    public void Dispose()
    {
        Memory.UnmapAll(TimeSpan.Zero);
        File.Dispose();
    }
}
