namespace Mdev.Tree.Tests;

/// <summary>A test that mounts. Without /dev/fuse it is skipped, but under CI it fails: nobody would read the skip there.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class FuseFactAttribute : FactAttribute
{
    public FuseFactAttribute() => Skip = FuseDevice.Lacking;
}
