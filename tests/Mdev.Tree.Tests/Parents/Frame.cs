namespace Mdev.Tree.Tests.Parents;

/// <summary>An instance of which only its existence matters.</summary>
public sealed class Frame : IDisposable
{
    public void Dispose() { }
}
