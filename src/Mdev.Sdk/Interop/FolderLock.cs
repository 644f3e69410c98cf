using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Mdev.Sdk.Interop;

/// <summary>A lock that processes share by a folder, held until this object is disposed. Source: flock(2).</summary>
/// <remarks>On the folder itself, so that no lock file is left behind.</remarks>
internal sealed class FolderLock : IDisposable
{
    private const int LOCK_EX = 2;

    private readonly SafeFileHandle _folder;

    private FolderLock(SafeFileHandle folder) => _folder = folder;

    /// <exception cref="IOException">The folder cannot be read.</exception>
    public static unsafe FolderLock Take(string folder)
    {
        int descriptor;
        fixed (byte* name = Encoding.UTF8.GetBytes(folder + "\0"))
            descriptor = Libc.open(name, Libc.O_CLOEXEC);
        if (descriptor < 0)
            throw new IOException($"Cannot read the folder {folder}: {Libc.LastError}.");

        var handle = new SafeFileHandle(descriptor, ownsHandle: true);
        while (Libc.flock(descriptor, LOCK_EX) != 0 && Libc.LastError == Errno.EINTR)
        {
        }
        return new FolderLock(handle);
    }

    /// <summary>Takes the lock of a folder that may have been taken away.</summary>
    /// <returns><see langword="null"/> if it has.</returns>
    public static FolderLock? TryTake(string folder)
    {
        try
        {
            return Take(folder);
        }
        catch (IOException)
        {
            return null;
        }
    }

    /// <summary>Waits until what was renamed and removed in the folder is on the disk. Source: fsync(2), "Notes".</summary>
    public void Flush() => RandomAccess.FlushToDisk(_folder);

    public void Dispose() => _folder.Dispose();
}
