using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Mdev.Sdk.Testing.Interop;
using Microsoft.Win32.SafeHandles;

namespace Mdev.Sdk.Testing;

/// <summary>
/// What a client has mapped of a region, as the kernel gives it to a guest: accesses here are no messages. Made by
/// <see cref="VfioUserClient.MapRegion"/>.
/// </summary>
public sealed unsafe class MappedRegion : IDisposable
{
    private readonly List<(VfioRegionArea Area, nint Start)> _areas = [];

    /// <summary>Maps areas of a region's file, as its flags say that they can be.</summary>
    /// <param name="info">Flags and areas; a hostile client's, where they are not the server's.</param>
    /// <param name="file">The file; stays the caller's.</param>
    /// <exception cref="IOException">The kernel refuses.</exception>
    public MappedRegion(VfioRegionInfo info, SafeFileHandle file)
    {
        ArgumentNullException.ThrowIfNull(file);
        Info = info;
        int protection = (int)(info.Flags & 3);
        try
        {
            foreach (VfioRegionArea area in info.Areas)
            {
                nint start = TestLibc.mmap(
                    null, (nuint)area.Size, protection, TestLibc.MAP_SHARED, (int)file.DangerousGetHandle(), (nint)(info.Offset + area.Offset));
                if (start == -1)
                    throw new IOException($"0x{area.Size:x} bytes at 0x{area.Offset:x} cannot be mapped: {(Errno)Marshal.GetLastPInvokeError()}.");
                _areas.Add((area, start));
            }
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>What the server said of the region.</summary>
    public VfioRegionInfo Info { get; }

    /// <summary>Bytes of the region.</summary>
    /// <param name="offset">Offset in the region.</param>
    /// <param name="length">Bytes.</param>
    /// <returns>The bytes themselves; not to be used any more once this is disposed.</returns>
    /// <exception cref="ArgumentOutOfRangeException">They are not in one area that is mapped.</exception>
    public Span<byte> Slice(ulong offset, int length)
    {
        foreach ((VfioRegionArea area, nint start) in _areas)
        {
            if (offset >= area.Offset && offset - area.Offset <= area.Size - (ulong)length && (ulong)length <= area.Size)
                return new((byte*)start + (offset - area.Offset), length);
        }
        throw new ArgumentOutOfRangeException(nameof(offset), $"0x{offset:x} and {length} bytes behind it are not mapped.");
    }

    /// <summary>A value in it, in this machine's byte order.</summary>
    /// <param name="offset">Offset in the region.</param>
    public ref T At<T>(ulong offset)
        where T : unmanaged => ref Unsafe.As<byte, T>(ref Slice(offset, sizeof(T))[0]);

    /// <summary>Unmaps it.</summary>
    public void Dispose()
    {
        foreach ((VfioRegionArea area, nint start) in _areas)
            _ = TestLibc.munmap(start, (nuint)area.Size);
        _areas.Clear();
    }
}
