using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Mdev.Sdk.Interop;

/// <summary>Zeroed memory mapped into this process, its own or a file's that can be given to another one. Owns both.</summary>
/// <remarks>
/// The file cannot change its size, nor be sealed any further, whoever has its descriptor: neither can another process make an
/// access here fail (SIGBUS), nor keep the next one from mapping it.
/// </remarks>
internal sealed unsafe class MappedMemory : SafeHandleZeroOrMinusOneIsInvalid
{
    private const int Failed = -1;

    private readonly SafeFileHandle? _file;

    private MappedMemory(ulong size, SafeFileHandle? file, int flags)
        : base(ownsHandle: true)
    {
        (Size, _file) = (size, file);
        const int Protection = Libc.PROT_READ | Libc.PROT_WRITE;
        handle = Libc.mmap(null, (nuint)size, Protection, flags | Libc.MAP_NORESERVE, Descriptor, 0);
        if (handle == Failed)
            throw new IOException($"{size} bytes of device memory cannot be mapped: {Libc.LastError}.");
    }

    /// <summary>Bytes.</summary>
    public ulong Size { get; }

    /// <summary>The file's descriptor, to be sent and not to be closed; negative without a file.</summary>
    public int Descriptor => _file is null ? Failed : (int)_file.DangerousGetHandle();

    /// <summary>The first byte; valid until this is disposed.</summary>
    public byte* Start => (byte*)handle;

    /// <summary>Memory that stays in this process.</summary>
    /// <exception cref="IOException">There is not enough.</exception>
    public static MappedMemory Private(ulong size) => new(size, null, Libc.MAP_PRIVATE | Libc.MAP_ANONYMOUS);

    /// <summary>Memory of a file.</summary>
    /// <param name="size">Bytes; a multiple of the page size.</param>
    /// <param name="writable">Whether another process that maps the file may write to it.</param>
    /// <exception cref="IOException">There is not enough, or this process has no descriptors left.</exception>
    public static MappedMemory Shared(ulong size, bool writable)
    {
        int descriptor;
        fixed (byte* name = "mdev-region\0"u8)
            descriptor = Libc.memfd_create(name, Libc.MFD_CLOEXEC | Libc.MFD_ALLOW_SEALING);
        if (descriptor < 0)
            throw new IOException($"A file for {size} bytes of device memory cannot be made: {Libc.LastError}.");

        var file = new SafeFileHandle(descriptor, ownsHandle: true);
        try
        {
            RandomAccess.SetLength(file, (long)size);
            var memory = new MappedMemory(size, file, Libc.MAP_SHARED);

            // Last: what is mapped here already stays writable, though nobody may map it so from now on.
            int seals = Libc.F_SEAL_SHRINK | Libc.F_SEAL_GROW | Libc.F_SEAL_SEAL | (writable ? 0 : Libc.F_SEAL_FUTURE_WRITE);
            if (Libc.fcntl(descriptor, Libc.F_ADD_SEALS, seals) == 0)
                return memory;
            string reason = Libc.LastError.ToString();
            memory.Dispose();
            throw new IOException($"A file of device memory cannot be sealed: {reason}.");
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Makes bytes zero, and gives whole pages of them back to the system.</summary>
    public void Clear(ulong offset, ulong count)
    {
        ulong page = (ulong)Environment.SystemPageSize;
        ulong first = (offset + page - 1) & ~(page - 1), last = (offset + count) & ~(page - 1);
        int advice = _file is null ? Libc.MADV_DONTNEED : Libc.MADV_REMOVE;
        if (first >= last || Libc.madvise(Start + first, (nuint)(last - first), advice) != 0)
            (first, last) = (offset, offset);
        NativeMemory.Clear(Start + offset, (nuint)(first - offset));
        NativeMemory.Clear(Start + last, (nuint)(offset + count - last));
    }

    /// <summary>
    /// Where from an offset on something may be that is not zero; <see langword="null"/> for nowhere. Of a file the system knows what
    /// was never touched, and looking at that here would make it be there.
    /// </summary>
    public ulong? NextUsed(ulong offset)
    {
        if (_file is null)
            return offset;
        nint next = Libc.lseek(Descriptor, (nint)offset, Libc.SEEK_DATA);
        return next >= 0 ? (ulong)next : (int)Libc.LastError == Libc.ENXIO ? null : offset;
    }

    protected override bool ReleaseHandle()
    {
        _file?.Dispose();
        return Libc.munmap((void*)handle, (nuint)Size) == 0;
    }
}
