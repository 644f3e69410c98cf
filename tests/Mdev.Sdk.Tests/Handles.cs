using Mdev.Sdk.Interop;
using Microsoft.Win32.SafeHandles;

namespace Mdev.Sdk.Tests;

internal static class Handles
{
    private const int F_DUPFD_CLOEXEC = 1030;

    /// <summary>Another descriptor of the same file: a device owns what it is given, as it does what comes over a socket.</summary>
    public static SafeFileHandle Duplicate(SafeFileHandle handle) =>
        new(Libc.fcntl((int)handle.DangerousGetHandle(), F_DUPFD_CLOEXEC, 0), ownsHandle: true);
}
