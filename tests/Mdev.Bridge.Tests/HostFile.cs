using System.Runtime.InteropServices;
using System.Text;
using Mdev.Sdk.Interop;
using Microsoft.Win32.SafeHandles;

namespace Mdev.Bridge.Tests;

/// <summary>An open file of the bridge: calls as C makes them, with a negative errno for what is refused.</summary>
internal sealed unsafe class HostFile : IDisposable
{
    public const int ReadOnly = 0, WriteOnly = 1, ReadWrite = 2, NonBlocking = 0x800 | ReadWrite;
    public const short In = 0x1, Error = 0x8, HangUp = 0x10;

    private readonly SafeFileHandle _file;

    private HostFile(int descriptor) => _file = new SafeFileHandle(descriptor, ownsHandle: true);

    private int Descriptor => (int)_file.DangerousGetHandle();

    public static HostFile Open(string path, int flags = ReadWrite)
    {
        Errno error = TryOpen(path, flags, out HostFile? file);
        Assert.True(error == Errno.None, $"{path}: {error}");
        return file!;
    }

    /// <summary>Opens and closes again.</summary>
    /// <returns>Why not; None if it was not refused.</returns>
    public static Errno Refusal(string path)
    {
        Errno error = TryOpen(path, ReadWrite, out HostFile? file);
        file?.Dispose();
        return error;
    }

    public static Errno TryOpen(string path, int flags, out HostFile? file)
    {
        fixed (byte* name = Encoding.UTF8.GetBytes(path + "\0"))
        {
            int descriptor = Libc.open(name, flags | Libc.O_CLOEXEC);
            file = descriptor < 0 ? null : new HostFile(descriptor);
            return descriptor < 0 ? Libc.LastError : Errno.None;
        }
    }

    /// <summary>read(2).</summary>
    public long Read(Span<byte> destination)
    {
        fixed (byte* start = destination)
            return Result(Libc.read(Descriptor, start, (nuint)destination.Length));
    }

    /// <summary>pread(2).</summary>
    public long ReadAt(long offset, Span<byte> destination)
    {
        Libc.lseek(Descriptor, (nint)offset, 0);
        return Read(destination);
    }

    /// <summary>read(2) of what an interrupt's file gives.</summary>
    /// <returns>Signals, or a negative errno.</returns>
    public long Take()
    {
        ulong signals = 0;
        long result = Read(MemoryMarshal.AsBytes(new Span<ulong>(ref signals)));
        return result == sizeof(ulong) ? (long)signals : result;
    }

    /// <summary>write(2).</summary>
    public long Write(params ReadOnlySpan<byte> source)
    {
        fixed (byte* start = source)
            return Result(Libc.write(Descriptor, start, (nuint)source.Length));
    }

    /// <summary>pwrite(2).</summary>
    public long WriteAt(long offset, ReadOnlySpan<byte> source)
    {
        Libc.lseek(Descriptor, (nint)offset, 0);
        return Write(source);
    }

    /// <summary>write(2) of a command to an interrupt's file.</summary>
    public long Put(ulong command) => Write(BitConverter.GetBytes(command));

    /// <summary>poll(2) for POLLIN.</summary>
    /// <returns>What is ready; 0 after the time.</returns>
    public short Poll(int milliseconds)
    {
        var polled = new Libc.pollfd { fd = Descriptor, events = In };
        int ready;
        do
            ready = Libc.poll(&polled, 1, milliseconds);
        while (ready < 0 && Libc.LastError == Errno.EINTR);
        return polled.revents;
    }

    /// <summary>ioctl(2).</summary>
    public long Ioctl(uint command, void* argument) => Result(Libc.ioctl(Descriptor, command, argument));

    public void Dispose() => _file.Dispose();

    private static long Result(nint result) => result >= 0 ? result : -(long)Libc.LastError;
}
