using System.Globalization;
using Microsoft.Win32.SafeHandles;

namespace Mdev.Sdk.Interop;

/// <summary>
/// A range of a file that another process has given to this one, mapped, and guarded against what that process may do to the file. Owns
/// the mapping, not the file.
/// </summary>
internal sealed unsafe class SharedMapping : SafeHandleZeroOrMinusOneIsInvalid
{
    private static readonly int s_most = Math.Min(MapCountLimit() / 2, BusErrorGuard.Capacity);
    private static int s_count;

    private readonly nuint _length;
    private readonly BusErrorGuard.Entry* _guard;

    private SharedMapping(byte* mapped, nuint length, nuint before, nuint pageSize)
        : base(ownsHandle: true)
    {
        _length = length;
        Start = mapped + before;
        SetHandle((nint)mapped);
        _guard = BusErrorGuard.TryAdd(mapped, length, pageSize);
        _ = Interlocked.Increment(ref s_count);
    }

    /// <summary>The first byte of the range; valid until this is disposed.</summary>
    public byte* Start { get; }

    /// <summary>
    /// Whether the file's memory was not there when it was accessed, as after a truncation: zeros have taken its place, for good.
    /// </summary>
    public bool IsBroken => _guard is not null && Volatile.Read(ref _guard->Broken) != 0;

    /// <summary>Maps a range of a file.</summary>
    /// <param name="file">A file that holds the range.</param>
    /// <param name="offset">Its first byte; any alignment.</param>
    /// <param name="size">Bytes; at least 1.</param>
    /// <param name="protection">PROT_READ, PROT_WRITE.</param>
    /// <param name="reason">Why not.</param>
    /// <returns><see langword="null"/> if it cannot be mapped, or not so that an access is safe whatever happens to the file.</returns>
    public static SharedMapping? TryMap(SafeFileHandle file, ulong offset, ulong size, int protection, out string reason)
    {
        // Each is one of the mappings that the kernel allows to the process, and of those the runtime must have some left.
        if (s_count >= s_most)
        {
            reason = $"{s_most} ranges are mapped already";
            return null;
        }
        if (!TryPageSizeOf(file, out nuint page))
        {
            reason = "its file is in a file system that may keep this process waiting";
            return null;
        }
        if (!BusErrorGuard.IsAvailable && !IsSealed(file, offset, size))
        {
            reason = "its file can be truncated, and no handler of SIGBUS can be installed here";
            return null;
        }

        nuint before = (nuint)offset & (page - 1);
        nuint length = (before + (nuint)size + (page - 1)) & ~(page - 1);
        int descriptor = (int)file.DangerousGetHandle();
        nint mapped = Libc.mmap(null, length, protection, Libc.MAP_SHARED, descriptor, (nint)((nuint)offset - before));
        if (mapped == -1)
        {
            reason = Libc.LastError.ToString();
            return null;
        }

        var mapping = new SharedMapping((byte*)mapped, length, before, page);
        if (mapping._guard is null && !IsSealed(file, offset, size))
        {
            mapping.Dispose();
            reason = "its file can be truncated, and there is no room left in the guard of SIGBUS";
            return null;
        }

        // A core dump of this process is no place for a guest's memory.
        _ = Libc.madvise((void*)mapped, length, Libc.MADV_DONTDUMP);
        reason = "";
        return mapping;
    }

    /// <summary>
    /// Puts memory of this process's own in the place of the file's: what still uses the range goes on, and reaches nobody.
    /// </summary>
    public bool Revoke()
    {
        const int Flags = Libc.MAP_PRIVATE | Libc.MAP_FIXED | Libc.MAP_ANONYMOUS | Libc.MAP_NORESERVE;
        return Libc.mmap((void*)handle, _length, Libc.PROT_READ | Libc.PROT_WRITE, Flags, -1, 0) != -1;
    }

    protected override bool ReleaseHandle()
    {
        if (_guard is not null)
            BusErrorGuard.Remove(_guard);
        _ = Interlocked.Decrement(ref s_count);
        return Libc.munmap((void*)handle, _length) == 0;
    }

    // Sealed first and measured then: after the seal, it stays as it was measured.
    private static bool IsSealed(SafeFileHandle file, ulong offset, ulong size)
    {
        int seals = Libc.fcntl((int)file.DangerousGetHandle(), Libc.F_GET_SEALS, 0);
        if (seals < 0 || (seals & Libc.F_SEAL_SHRINK) == 0)
            return false;
        ulong length = (ulong)RandomAccess.GetLength(file);
        return offset <= length && size <= length - offset;
    }

    // A page that another process provides, as by FUSE or over a network, may never come. The thread that waits for it in managed code
    // would stop the garbage collector, and with it every device of this process; in a system call it stops nobody else.
    private static bool TryPageSizeOf(SafeFileHandle file, out nuint size)
    {
        // struct statfs begins with f_type and f_bsize, words both on all 64-bit architectures. Source: statfs(2).
        const int RoomOfStatfs = 256;
        long* result = stackalloc long[RoomOfStatfs / sizeof(long)];
        size = (nuint)Environment.SystemPageSize;
        if (Libc.fstatfs((int)file.DangerousGetHandle(), result) != 0)
            return false;
        switch (result[0] & uint.MaxValue)
        {
            case Libc.HUGETLBFS_MAGIC:
                size = (nuint)result[1];
                return true;
            case Libc.TMPFS_MAGIC or Libc.EXT4_SUPER_MAGIC or Libc.XFS_SUPER_MAGIC or Libc.BTRFS_SUPER_MAGIC:
                return true;
            default:
                return false;
        }
    }

    private static int MapCountLimit()
    {
        const int KernelsDefault = 65530;
        try
        {
            return int.Parse(File.ReadAllText("/proc/sys/vm/max_map_count"), CultureInfo.InvariantCulture);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or FormatException or OverflowException)
        {
            return KernelsDefault;
        }
    }
}
