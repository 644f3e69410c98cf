using System.Runtime.InteropServices;
using Mdev.Sdk.Interop;
using Microsoft.Win32.SafeHandles;

namespace Mdev.Sdk.Terminals;

/// <summary>Opens pseudo terminals. Source: pty(7).</summary>
internal static unsafe class PseudoTerminal
{
    public static Terminal Open()
    {
        int descriptor = Libc.posix_openpt(Libc.O_RDWR | Libc.O_NOCTTY | Libc.O_CLOEXEC);
        if (descriptor < 0)
            throw new IOException($"Cannot open a pseudo terminal: {Libc.LastError}.");

        var master = new SafeFileHandle(descriptor, ownsHandle: true);
        byte* name = stackalloc byte[128];
        if (Libc.grantpt(descriptor) != 0 || Libc.unlockpt(descriptor) != 0 || Libc.ptsname_r(descriptor, name, 128) != 0)
        {
            master.Dispose();
            throw new IOException("Cannot unlock a pseudo terminal; is /dev/pts mounted?");
        }

        // Kept open, so that the line survives a person who detaches; raw, or it would echo the guest's output back to it.
        string path = Marshal.PtrToStringUTF8((nint)name)!;
        var slave = File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
        using (TerminalMode.MakeRaw(slave))
            return new DescriptorTerminal(path, master, master, slave);
    }
}
