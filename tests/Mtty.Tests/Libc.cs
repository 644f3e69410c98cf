using System.Runtime.InteropServices;

namespace Mtty.Tests;

/// <summary>What starting and ending other processes needs and .NET has no API for.</summary>
internal static partial class Libc
{
    public const int SIGINT = 2;
    public const int SIGKILL = 9;
    public const int SIGTERM = 15;
    public const int SIGCONT = 18;
    public const int SIGSTOP = 19;

    [LibraryImport("libc", EntryPoint = "kill")]
    public static partial int kill(int process, int signal);

    /// <summary>The copy is inherited by children: it is not close-on-exec.</summary>
    [LibraryImport("libc", EntryPoint = "dup")]
    public static partial int dup(int descriptor);

    [LibraryImport("libc", EntryPoint = "close")]
    public static partial int close(int descriptor);
}
