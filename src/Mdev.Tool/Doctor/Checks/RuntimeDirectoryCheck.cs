using System.Globalization;
using System.Text;
using Mdev.Sdk.Interop;

namespace Mdev.Tool.Doctor.Checks;

/// <summary>The runtime directory: there, this user's alone, and short enough for a socket's path.</summary>
internal sealed class RuntimeDirectoryCheck : ICheck
{
    private const UnixFileMode ForOthers = UnixFileMode.OtherWrite | UnixFileMode.GroupWrite;

    // Of what stands in it, <uuid>.control is the longest name that is not the vendor's.
    private const int LongestName = 36 + 8;

    public Task<IReadOnlyList<Finding>> RunAsync(Patient patient, CancellationToken cancel) => Task.FromResult<IReadOnlyList<Finding>>(Look(patient.RuntimeDirectory));

    private static Finding[] Look(string directory)
    {
        int length = Encoding.UTF8.GetByteCount(directory) + 1 + LongestName;
        if (length > UnixSocket.MaxPath)
        {
            return [Finding.Problem(string.Create(CultureInfo.InvariantCulture,
                $"sockets in the runtime directory {directory} have paths of {length} bytes, and a unix socket's has at most {UnixSocket.MaxPath}: set MDEV_RUNTIME_DIR to a shorter one"))];
        }

        try
        {
            if (!Directory.Exists(directory))
            {
                return File.Exists(directory)
                    ? [Finding.Problem($"the runtime directory {directory} is a file: remove it, or set MDEV_RUNTIME_DIR to another one")]
                    : Missing(directory);
            }
            _ = Directory.GetFileSystemEntries(directory);
            UnixFileMode mode = File.GetUnixFileMode(directory);
            return (mode & ForOthers) == 0
                ? [Finding.Ok($"the runtime directory is {directory}")]
                : [Finding.Warning($"others may write to the runtime directory {directory}, and so put sockets in the place of yours: chmod go-w {directory}")];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [Finding.Problem($"the runtime directory {directory} cannot be read ({e.Message}): run as its owner, or set MDEV_RUNTIME_DIR to one of your own")];
        }
    }

    private static Finding[] Missing(string directory)
    {
        string above = directory;
        while (!Directory.Exists(above) && Path.GetDirectoryName(above) is { } next)
            above = next;
        return FileRights.CanWrite(above)
            ? [Finding.Warning($"the runtime directory {directory} does not exist, so no host process runs: start one with --manage")]
            : [Finding.Problem($"the runtime directory {directory} does not exist, and you may not make it in {above}: set MDEV_RUNTIME_DIR to a folder of your own")];
    }
}
