using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Mdev.Sdk.Testing.Interop;

/// <summary>Calls on a file whose other end is a program: each is one request of it, and an errno is an answer, not an exception.</summary>
internal static unsafe class DeviceFile
{
    /// <summary>open(2).</summary>
    /// <param name="path">The file.</param>
    /// <param name="flags">As of open(2); it is closed on exec.</param>
    /// <param name="file">Receives it if the result is None.</param>
    public static Errno TryOpen(string path, int flags, out SafeFileHandle? file)
    {
        fixed (byte* name = Encoding.UTF8.GetBytes(path + "\0"))
        {
            int descriptor = TestLibc.open(name, flags | TestLibc.O_CLOEXEC);
            file = descriptor < 0 ? null : new SafeFileHandle(descriptor, ownsHandle: true);
            return descriptor < 0 ? LastError : Errno.None;
        }
    }

    /// <summary>pread(2) until all is there.</summary>
    public static Errno TryRead(SafeFileHandle file, ulong offset, Span<byte> destination)
    {
        fixed (byte* start = destination)
        {
            for (int done = 0; done < destination.Length;)
            {
                nint n = TestLibc.pread(Number(file), start + done, (nuint)(destination.Length - done), (nint)offset + done);
                if (n <= 0 && Refusal(n) is var error and not Errno.EINTR)
                    return error;
                done += (int)Math.Max(n, 0);
            }
            return Errno.None;
        }
    }

    /// <summary>pwrite(2) until all is written.</summary>
    public static Errno TryWrite(SafeFileHandle file, ulong offset, ReadOnlySpan<byte> source)
    {
        fixed (byte* start = source)
        {
            for (int done = 0; done < source.Length;)
            {
                nint n = TestLibc.pwrite(Number(file), start + done, (nuint)(source.Length - done), (nint)offset + done);
                if (n <= 0 && Refusal(n) is var error and not Errno.EINTR)
                    return error;
                done += (int)Math.Max(n, 0);
            }
            return Errno.None;
        }
    }

    /// <summary>read(2) of a 64-bit number.</summary>
    public static Errno TryTake(SafeFileHandle file, out ulong value)
    {
        ulong number = 0;
        nint n = TestLibc.read(Number(file), &number, sizeof(ulong));
        value = number;
        return n == sizeof(ulong) ? Errno.None : Refusal(n);
    }

    /// <summary>write(2) of a 64-bit number.</summary>
    public static Errno TryPut(SafeFileHandle file, ulong value)
    {
        nint n = TestLibc.write(Number(file), &value, sizeof(ulong));
        return n == sizeof(ulong) ? Errno.None : Refusal(n);
    }

    /// <summary>ioctl(2) whose argument is a structure.</summary>
    public static Errno TryControl(SafeFileHandle file, uint request, Span<byte> argument)
    {
        fixed (byte* start = argument)
            return TestLibc.ioctl(Number(file), request, start) < 0 ? LastError : Errno.None;
    }

    private static Errno LastError => (Errno)Marshal.GetLastPInvokeError();

    // No bytes where there should be some: the file is shorter than the region that it shows.
    private static Errno Refusal(nint result) => result < 0 ? LastError : Errno.EIO;

    private static int Number(SafeFileHandle file) => (int)file.DangerousGetHandle();
}
