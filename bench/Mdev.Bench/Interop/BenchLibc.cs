using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

[assembly: DisableRuntimeMarshalling]

namespace Mdev.Bench.Interop;

/// <summary>What only a measurement calls, under libc's names.</summary>
internal static unsafe partial class BenchLibc
{
    private const string Library = "libc";

    public const int SIGTERM = 15;
    public const int SIGCONT = 18;
    public const int SIGSTOP = 19;

    [LibraryImport(Library, EntryPoint = "recv", SetLastError = true)]
    public static partial nint recv(int socket, void* buffer, nuint length, int flags);

    [LibraryImport(Library, EntryPoint = "pread", SetLastError = true)]
    public static partial nint pread(int file, void* buffer, nuint length, long offset);

    [LibraryImport(Library, EntryPoint = "pwrite", SetLastError = true)]
    public static partial nint pwrite(int file, void* buffer, nuint length, long offset);

    [LibraryImport(Library, EntryPoint = "ioctl", SetLastError = true)]
    public static partial int ioctl(int file, nuint command, nuint argument);

    [LibraryImport(Library, EntryPoint = "close", SetLastError = true)]
    public static partial int close(int file);

    /// <summary>Bit N of the mask is CPU N; <paramref name="task"/> 0 is the calling thread.</summary>
    [LibraryImport(Library, EntryPoint = "sched_setaffinity", SetLastError = true)]
    public static partial int sched_setaffinity(int task, nuint size, ulong* mask);

    [LibraryImport(Library, EntryPoint = "sched_getaffinity", SetLastError = true)]
    public static partial int sched_getaffinity(int task, nuint size, ulong* mask);

    [LibraryImport(Library, EntryPoint = "kill", SetLastError = true)]
    public static partial int kill(int process, int signal);
}
