namespace Mdev.Hosting.Tests;

/// <summary>A test that mounts, and is skipped where that is not possible.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class FuseFactAttribute : FactAttribute
{
    public FuseFactAttribute()
    {
        if (!File.Exists("/dev/fuse") || !Environment.IsPrivilegedProcess)
            Skip = "It needs root and /dev/fuse.";
    }
}
