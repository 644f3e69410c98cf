namespace Mdev.Hosting.Tests;

/// <summary>A test that mounts. Where that is not possible it is skipped, but under CI it fails: nobody would read the skip there.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class FuseFactAttribute : FactAttribute
{
    public FuseFactAttribute()
    {
        bool canMount = File.Exists("/dev/fuse") && Environment.IsPrivilegedProcess;
        if (!canMount && Environment.GetEnvironmentVariable("CI") != "true")
            Skip = "It needs root and /dev/fuse.";
    }
}
