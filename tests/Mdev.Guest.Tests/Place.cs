using System.Diagnostics;

namespace Mdev.Guest.Tests;

/// <summary>A folder of a test's own.</summary>
internal sealed class Place : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("mdev-");

    public string Of(string name) => Path.Combine(_directory.FullName, name);

    public void Dispose()
    {
        Unmount(_directory.FullName);
        _directory.Delete(recursive: true);
    }

    /// <summary>Takes away the trees of host processes that were killed.</summary>
    internal static void Unmount(string folder)
    {
        foreach (string mount in File.ReadLines("/proc/mounts").Select(line => line.Split(' ')[1]).Where(path => path.StartsWith(folder + "/", StringComparison.Ordinal)).ToArray())
        {
            using Process umount = Process.Start("umount", ["--lazy", mount]);
            umount.WaitForExit();
        }
    }
}
