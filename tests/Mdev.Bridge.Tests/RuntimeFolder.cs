namespace Mdev.Bridge.Tests;

/// <summary>A runtime directory of a test's own. When it ends nothing may be mounted there any more.</summary>
internal sealed class RuntimeFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("mdev-").FullName;

    /// <summary>The mounts in it.</summary>
    public string[] Mounts => [.. File.ReadLines("/proc/self/mountinfo").Where(line => line.Contains(Path + "/", StringComparison.Ordinal))];

    public void Dispose()
    {
        Assert.Empty(Mounts);
        Directory.Delete(Path, recursive: true);
    }
}
