namespace Mdev.Sdk.Bridge.Tree;

/// <summary>
/// That a parent's host process lives: a lock on a file, which the kernel lets go of when the process is gone, however it went. Asking for
/// it waits for nobody, unlike asking a mount whose process is stopped, and tells the same in every mount namespace.
/// </summary>
/// <remarks>Taken and looked at under the lock of the tree's root.</remarks>
internal sealed class ParentClaim : IDisposable
{
    private readonly FileStream _file;

    private ParentClaim(FileStream file) => _file = file;

    /// <summary>Claims a parent's place in the tree.</summary>
    /// <exception cref="MdevException">EEXIST: a live process has it.</exception>
    /// <exception cref="IOException">The file cannot be made.</exception>
    public static ParentClaim Take(TreeLayout layout, MdevParent parent)
    {
        string path = layout.Claim(parent.Name);
        return TryOpen(path, FileMode.OpenOrCreate) is { } file
            ? new ParentClaim(file)
            : throw new MdevException(Errno.EEXIST, $"Another process has a parent {parent.Name}: it holds {path}.");
    }

    /// <summary>Whether a live process has a parent of this name in the tree.</summary>
    public static bool IsHeld(TreeLayout layout, string parent)
    {
        try
        {
            using FileStream? file = TryOpen(layout.Claim(parent), FileMode.Open);
            return file is null;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return false;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Another user's; it is his to sweep.
            return true;
        }
    }

    /// <summary>Lets go. Under the lock of the tree's root.</summary>
    public void Dispose()
    {
        try
        {
            File.Delete(_file.Name);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Somebody has taken the folder away.
        }
        _file.Dispose();
    }

    // .NET opens a file that nobody else may use with flock(2); null if another has it.
    private static FileStream? TryOpen(string path, FileMode mode)
    {
        try
        {
            return new FileStream(path, mode, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException e) when (e is not FileNotFoundException and not DirectoryNotFoundException && File.Exists(path))
        {
            return null;
        }
    }
}
