using System.Text;
using Mdev.Sdk.Interop;
using Microsoft.Win32.SafeHandles;

namespace Mdev.Sdk.Bridge.Fuse;

/// <summary>Mounts. Source: Linux Documentation/filesystems/fuse.rst.</summary>
internal static unsafe class FuseMount
{
    /// <summary>The option that divides long reads as long writes are: here and not in INIT the kernel wants it.</summary>
    public static string MostRead { get; } = $"max_read={OpenFiles.MaxTransfer}";

    /// <summary>Mounts on a folder.</summary>
    /// <returns>The descriptor that requests come by.</returns>
    /// <exception cref="IOException">It cannot be mounted; the message says what to do.</exception>
    public static SafeFileHandle On(string path)
    {
        Errno error = Open(out SafeFileHandle device);
        if (error is Errno.ENOENT or Errno.ENODEV)
            throw new IOException("There is no /dev/fuse on this machine: load the kernel module fuse, or give the container the device /dev/fuse.");
        if (error == Errno.None)
            error = Mount(path, device);
        if (error == Errno.None)
            return device;

        device.Dispose();
        return error is Errno.EPERM or Errno.EACCES
            ? MountHelper.Mount(path)
            : throw new IOException($"Cannot mount a FUSE file system on {path}: {error}.");
    }

    /// <summary>Takes a mount away, also one whose process is gone.</summary>
    public static void Detach(string path)
    {
        fixed (byte* target = Encoding.UTF8.GetBytes(path + "\0"))
        {
            if (Libc.umount2(target, Libc.MNT_DETACH | Libc.UMOUNT_NOFOLLOW) == 0 || Libc.LastError != Errno.EPERM)
                return;
        }
        MountHelper.Unmount(path);
    }

    /// <summary>What is mounted on a folder.</summary>
    public static MountState StateOf(string path)
    {
        // Asked of the file system itself, which answers for the process: attributes may be remembered.
        const int StatFsSize = 256;
        byte* result = stackalloc byte[StatFsSize];
        fixed (byte* name = Encoding.UTF8.GetBytes(path + "\0"))
        {
            if (Libc.statfs(name, result) != 0)
                return Libc.LastError is Errno.ENOTCONN or Errno.ECONNABORTED ? MountState.Dead : MountState.None;
        }
        if (*(long*)result != Libc.FUSE_SUPER_MAGIC)
            return MountState.None;

        // The folder above may itself lie in a FUSE file system.
        return FileIdentity.TryGet(path, out FileIdentity here)
            && FileIdentity.TryGet(Path.GetDirectoryName(path)!, out FileIdentity above) && here.Device == above.Device
                ? MountState.None
                : MountState.Live;
    }

    private static Errno Open(out SafeFileHandle device)
    {
        int descriptor;
        fixed (byte* name = "/dev/fuse\0"u8)
            descriptor = Libc.open(name, Libc.O_RDWR | Libc.O_CLOEXEC);
        Errno error = descriptor < 0 ? Libc.LastError : Errno.None;
        device = new SafeFileHandle(descriptor, ownsHandle: true);
        return error;
    }

    private static Errno Mount(string path, SafeFileHandle device)
    {
        // Whoever may mount by the system call may also let others in; the modes of the files judge.
        string options = $"fd={device.DangerousGetHandle()},rootmode=40755,user_id={Libc.geteuid()},group_id={Libc.getegid()},default_permissions,allow_other,{MostRead}\0";
        fixed (byte* source = "mdev\0"u8, type = "fuse.mdev\0"u8)
        fixed (byte* target = Encoding.UTF8.GetBytes(path + "\0"), data = Encoding.UTF8.GetBytes(options))
            return Libc.mount(source, target, type, Libc.MS_NOSUID | Libc.MS_NODEV, data) == 0 ? Errno.None : Libc.LastError;
    }
}
