namespace Mdev.Tree.Tests;

/// <summary>As <see cref="FuseFactAttribute"/>.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class FuseTheoryAttribute : TheoryAttribute
{
    public FuseTheoryAttribute() => Skip = FuseDevice.Lacking;
}
