using System.Globalization;
using Microsoft.Win32.SafeHandles;

namespace Mdev.Sdk.Interop;

/// <summary>Descriptors of another process. Source: pidfd_getfd(2); it needs the rights of ptrace(2) over the process.</summary>
internal static class OtherProcess
{
    /// <summary>Gets a descriptor that a thread's process has open.</summary>
    /// <param name="thread">The thread.</param>
    /// <param name="descriptor">The number that it has there.</param>
    /// <param name="handle">Receives one of this process's own for the same file.</param>
    /// <returns>EPERM: this process may not; EBADF: there is none of that number; ESRCH counts as EPERM.</returns>
    public static Errno TryGetDescriptor(int thread, int descriptor, out SafeFileHandle handle)
    {
        using var process = new SafeFileHandle((int)Libc.syscall(Libc.SYS_pidfd_open, ProcessOf(thread), 0, 0), ownsHandle: true);
        nint got = process.IsInvalid ? -1 : Libc.syscall(Libc.SYS_pidfd_getfd, process.DangerousGetHandle(), descriptor, 0);
        Errno error = got >= 0 ? Errno.None : Libc.LastError;
        handle = new SafeFileHandle((int)got, ownsHandle: true);
        return error is Errno.None or Errno.EBADF or Errno.EMFILE ? error : Errno.EPERM;
    }

    // A pidfd is of a process; its first thread has its number. Source: proc_pid_status(5).
    private static int ProcessOf(int thread)
    {
        const string Key = "Tgid:";
        try
        {
            foreach (string line in File.ReadLines(string.Create(CultureInfo.InvariantCulture, $"/proc/{thread}/status")))
            {
                if (line.StartsWith(Key, StringComparison.Ordinal))
                    return int.Parse(line.AsSpan(Key.Length), NumberStyles.AllowLeadingWhite, CultureInfo.InvariantCulture);
            }
        }
        catch (IOException)
        {
            // It has gone meanwhile.
        }
        return thread;
    }
}
