using Mdev.Sdk.Bridge.Fuse.Messages;

namespace Mdev.Sdk.Bridge.Fuse;

/// <summary>
/// What is mapped where files of a mount are: the kernel has to be told of it once a file, which needs Linux 6.9 and CAP_SYS_ADMIN.
/// Source: Linux Documentation/filesystems/fuse/fuse-passthrough.rst. Thread-safe.
/// </summary>
internal sealed class BackingFiles(FuseConnection connection)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<FuseFile, int> _numbers = [];

    /// <summary>The kernel's number for what is mapped where a file is; 0 if it cannot be mapped.</summary>
    /// <remarks>After the mount's INIT: it is where the kernel learns that there may be such files.</remarks>
    public int NumberOf(FuseFile file)
    {
        if (file.Memory < 0)
            return 0;
        lock (_gate)
        {
            // All openings of a file must have the same one. It is let go of with the connection.
            if (!_numbers.TryGetValue(file, out int number))
            {
                var map = new BackingMap { Descriptor = file.Memory };
                number = Math.Max(connection.Control(BackingMap.Open, ref map), 0);
                _numbers.Add(file, number);
            }
            return number;
        }
    }
}
