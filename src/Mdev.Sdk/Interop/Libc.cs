using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

[assembly: DisableRuntimeMarshalling]

namespace Mdev.Sdk.Interop;

/// <summary>
/// The system calls the SDK makes that .NET has no API for, under libc's names. Tmds.LibC would stand here; moving to it
/// is a change of this folder.
/// </summary>
internal static unsafe partial class Libc
{
    private const string Library = "libc";

    public const int O_NONBLOCK = 0x800;
    public const int F_GETFL = 3;
    public const int F_SETFL = 4;

    [LibraryImport(Library, EntryPoint = "read", SetLastError = true)]
    public static partial nint read(int fd, void* buffer, nuint count);

    [LibraryImport(Library, EntryPoint = "write", SetLastError = true)]
    public static partial nint write(int fd, void* buffer, nuint count);

    [LibraryImport(Library, EntryPoint = "fcntl", SetLastError = true)]
    public static partial int fcntl(int fd, int command, nint argument);

    [LibraryImport(Library, EntryPoint = "readlink", SetLastError = true)]
    public static partial nint readlink(byte* path, byte* buffer, nuint size);

    /// <summary>errno of the last call on this thread.</summary>
    public static Errno LastError => (Errno)Marshal.GetLastPInvokeError();
}
