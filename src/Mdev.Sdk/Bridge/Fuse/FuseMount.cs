using System.Text;
using Mdev.Sdk.Interop;
using Microsoft.Win32.SafeHandles;

namespace Mdev.Sdk.Bridge.Fuse;

/// <summary>A mount and the descriptor that its requests come by. Source: Linux Documentation/filesystems/fuse.rst.</summary>
internal sealed unsafe class FuseMount : IDisposable
{
    private readonly string _path;
    private readonly SafeFileHandle _device;
    private readonly SafeFileHandle _stop;

    private FuseMount(string path, SafeFileHandle device)
    {
        (_path, _device) = (path, device);

        // Reads must not block: a reader waits by poll, so that it can be told to stop while users keep the mount alive.
        int descriptor = (int)device.DangerousGetHandle();
        _ = Libc.fcntl(descriptor, Libc.F_SETFL, Libc.fcntl(descriptor, Libc.F_GETFL, 0) | Libc.O_NONBLOCK);
        _stop = new SafeFileHandle(Libc.eventfd(0, Libc.EFD_CLOEXEC | Libc.EFD_NONBLOCK), ownsHandle: true);
    }

    /// <summary>Whether the reader was told to stop.</summary>
    public bool IsStopping { get; private set; }

    /// <exception cref="IOException">It cannot be mounted; the message says what to do.</exception>
    public static FuseMount On(string path)
    {
        Errno error = Open(out SafeFileHandle device);
        if (error is Errno.ENOENT or Errno.ENODEV)
            throw new IOException("There is no /dev/fuse on this machine: load the kernel module fuse, or give the container the device /dev/fuse.");
        if (error == Errno.None)
            error = Mount(path, device);
        if (error == Errno.None)
            return new FuseMount(path, device);

        device.Dispose();
        return error is Errno.EPERM or Errno.EACCES
            ? new FuseMount(path, MountHelper.Mount(path))
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

    public void Detach() => Detach(_path);

    /// <summary>Waits for a request.</summary>
    /// <returns><see langword="false"/> if there will be none: it is unmounted, or <see cref="StopReading"/> was called.</returns>
    public bool Read(Span<byte> buffer, out int length)
    {
        Libc.pollfd* polled = stackalloc Libc.pollfd[2];
        fixed (byte* start = buffer)
        {
            while (true)
            {
                nint n = Libc.read((int)_device.DangerousGetHandle(), start, (nuint)buffer.Length);
                length = (int)n;
                if (n >= 0)
                    return true;

                switch (Libc.LastError)
                {
                    // ENOENT: the request was taken back before it was read.
                    case Errno.EINTR or Errno.ENOENT:
                        continue;
                    case Errno.EAGAIN:
                        polled[0] = new() { fd = (int)_device.DangerousGetHandle(), events = Libc.POLLIN };
                        polled[1] = new() { fd = (int)_stop.DangerousGetHandle(), events = Libc.POLLIN };
                        _ = Libc.poll(polled, 2, -1);
                        if (polled[1].revents != 0)
                            return false;
                        continue;
                    default:
                        return false;
                }
            }
        }
    }

    /// <summary>Sends a reply or a notification, of which the kernel takes all or nothing. Thread-safe.</summary>
    /// <returns>ENOENT: the caller is gone, or the kernel does not know the name. ENODEV: it is unmounted.</returns>
    public Errno Write(ReadOnlySpan<byte> bytes)
    {
        bool held = false;
        try
        {
            _device.DangerousAddRef(ref held);
            fixed (byte* start = bytes)
                return Libc.write((int)_device.DangerousGetHandle(), start, (nuint)bytes.Length) >= 0 ? Errno.None : Libc.LastError;
        }
        catch (ObjectDisposedException)
        {
            return Errno.ENODEV;
        }
        finally
        {
            if (held)
                _device.DangerousRelease();
        }
    }

    public void StopReading()
    {
        IsStopping = true;
        ulong one = 1;
        _ = Libc.write((int)_stop.DangerousGetHandle(), &one, sizeof(ulong));
    }

    /// <summary>Ends the connection; nobody may be reading. Requests under way fail with ECONNABORTED.</summary>
    public void Dispose()
    {
        _device.Dispose();
        _stop.Dispose();
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
        string options = $"fd={device.DangerousGetHandle()},rootmode=40755,user_id={Libc.geteuid()},group_id={Libc.getegid()},default_permissions,allow_other\0";
        fixed (byte* source = "mdev\0"u8, type = "fuse.mdev\0"u8)
        fixed (byte* target = Encoding.UTF8.GetBytes(path + "\0"), data = Encoding.UTF8.GetBytes(options))
            return Libc.mount(source, target, type, Libc.MS_NOSUID | Libc.MS_NODEV, data) == 0 ? Errno.None : Libc.LastError;
    }
}
