namespace Mdev.Sdk.Bridge.Fuse;

/// <summary>
/// An open directory: the names as they were when its listing began, so that one that takes several requests shows none twice
/// and misses none that was there all the time. Source: POSIX, readdir.
/// </summary>
internal sealed class Listing(FuseDirectory directory)
{
    private IReadOnlyList<string>? _names;

    public FuseDirectory Directory { get; } = directory;

    /// <summary>The names from a position on; from the start they are taken anew, as after rewinddir(3).</summary>
    /// <param name="position">As a listing's entry told.</param>
    public IReadOnlyList<string> Names(ulong position)
    {
        if (position == 0 || _names is null)
            _names = [".", "..", .. Directory.List()];
        return _names;
    }
}
