using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using Mdev.Sdk.Interop;
using Microsoft.Win32.SafeHandles;

namespace Mdev.Sdk.Bridge.Fuse;

/// <summary>Mounting for those who may not: fusermount3, which is set-user-id. Source: its manual page, and libfuse's README of _FUSE_COMMFD.</summary>
internal static class MountHelper
{
    private const string Program = "fusermount3";

    /// <summary>Mounts on a folder of the user's own.</summary>
    /// <returns>The descriptor that requests come by.</returns>
    /// <exception cref="IOException">It cannot be mounted; the message says what to do.</exception>
    public static SafeFileHandle Mount(string path)
    {
        if (!UnixSocket.TryMakePair(out SafeFileHandle ours, out SafeFileHandle theirs))
            throw new IOException("This process has no descriptors left to mount with.");
        using (ours)
        {
            using Process helper = Start(theirs, "-o", $"{Options},{FuseMount.MostRead},fsname=mdev,subtype=mdev", "--", path);
            var received = new List<SafeFileHandle>();
            UnixSocket.Receive((int)ours.DangerousGetHandle(), new byte[1], received, out _);
            string complaint = helper.StandardError.ReadToEnd().Trim();
            helper.WaitForExit();
            return received.Count > 0
                ? received[0]
                : throw new IOException(
                    $"Cannot mount a FUSE file system on {path}: {complaint}. The folder must be this user's own, and /dev/fuse open to him (mode 0666, as udev makes it).");
        }
    }

    /// <summary>Unmounts what this user has mounted, also while it is in use.</summary>
    public static void Unmount(string path)
    {
        try
        {
            using Process helper = Process.Start(new ProcessStartInfo(Program, ["-u", "-z", "-q", "--", path]))!;
            helper.WaitForExit();
        }
        catch (Win32Exception)
        {
            // Not installed: then it has not mounted it.
        }
    }

    // Others may come in only where the administrator permits it.
    private static string Options => OthersPermitted() ? "nosuid,nodev,default_permissions,allow_other" : "nosuid,nodev,default_permissions";

    private static bool OthersPermitted()
    {
        try
        {
            return File.ReadLines("/etc/fuse.conf").Any(line => line.Trim() == "user_allow_other");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    // The helper's end of the socket must survive exec; ours, close-on-exec, is for this process alone.
    private static Process Start(SafeFileHandle theirs, params string[] arguments)
    {
        using SafeFileHandle end = theirs;
        using SafeFileHandle inherited = Inheritable(end);
        var start = new ProcessStartInfo(Program, arguments) { RedirectStandardError = true };
        start.Environment["_FUSE_COMMFD"] = inherited.DangerousGetHandle().ToString(CultureInfo.InvariantCulture);
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception)
        {
            throw new IOException(
                "This user may not mount, and there is no fusermount3 to do it for him: install the package fuse3, or run as root or in a user namespace of your own (unshare -Ur -m).");
        }
    }

    private static SafeFileHandle Inheritable(SafeFileHandle of) =>
        new(Libc.fcntl((int)of.DangerousGetHandle(), Libc.F_DUPFD, 3), ownsHandle: true);
}
