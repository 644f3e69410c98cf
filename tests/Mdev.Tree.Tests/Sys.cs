using System.Text;
using Mdev.Sdk.Interop;

namespace Mdev.Tree.Tests;

/// <summary>Files as a shell uses them: open, write, read, each with its errno.</summary>
internal static unsafe class Sys
{
    private const int WriteOnly = 0x1, Create = 0x40, Truncate = 0x200;

    /// <summary><c>printf %s text > path</c>.</summary>
    /// <returns><c>ok N</c> or <c>errno=N</c>, as the recordings have it.</returns>
    public static string Write(string path, string text) => Write(path, Encoding.Latin1.GetBytes(text));

    public static string Write(string path, byte[] bytes, ulong offset = 0)
    {
        // A shell says O_CREAT and O_TRUNC too, and so does mdevctl.
        int file = Open(path, offset == 0 ? WriteOnly | Create | Truncate : WriteOnly);
        if (file < 0)
            return Failure();
        try
        {
            Libc.lseek(file, (nint)offset, 0);
            return WriteTo(file, bytes);
        }
        finally
        {
            Close(file);
        }
    }

    public static string WriteTo(int file, string text) => WriteTo(file, Encoding.Latin1.GetBytes(text));

    private static string WriteTo(int file, byte[] bytes)
    {
        fixed (byte* start = bytes)
        {
            nint n = Libc.write(file, start, (nuint)bytes.Length);
            return n >= 0 ? $"ok {n}" : Failure();
        }
    }

    public static string Read(string path) => Encoding.UTF8.GetString(ReadBytes(path));

    public static byte[] ReadBytes(string path, ulong offset = 0, int length = 0x10000)
    {
        int file = Open(path, 0);
        Assert.True(file >= 0, $"{path}: {Libc.LastError}");
        try
        {
            Libc.lseek(file, (nint)offset, 0);
            byte[] buffer = new byte[length];
            int done = 0;
            fixed (byte* start = buffer)
            {
                nint n;
                while (done < length && (n = Libc.read(file, start + done, (nuint)(length - done))) != 0)
                {
                    Assert.True(n > 0, $"{path}: {Libc.LastError}");
                    done += (int)n;
                }
            }
            return buffer[..done];
        }
        finally
        {
            Close(file);
        }
    }

    public static int Open(string path, int flags)
    {
        fixed (byte* name = Encoding.UTF8.GetBytes(path + "\0"))
            return Libc.open(name, flags | Libc.O_CLOEXEC);
    }

    public static void Close(int file) => new Microsoft.Win32.SafeHandles.SafeFileHandle(file, ownsHandle: true).Dispose();

    public static string Failure() => $"errno={(int)Libc.LastError}";
}
