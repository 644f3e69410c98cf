using System.Runtime.InteropServices;

namespace Mdev.Hosting.Tests;

/// <summary>What starting and ending other processes needs and .NET has no API for.</summary>
internal static partial class Libc
{
    public const int SIGKILL = 9;
    public const int SIGTERM = 15;
    public const int F_DUPFD = 0;

    [LibraryImport("libc", EntryPoint = "kill")]
    public static partial int kill(int process, int signal);

    /// <summary>The copy is inherited by children: it is not close-on-exec.</summary>
    [LibraryImport("libc", EntryPoint = "fcntl")]
    public static partial int fcntl(int descriptor, int command, nint argument);

    [LibraryImport("libc", EntryPoint = "close")]
    public static partial int close(int descriptor);
}
