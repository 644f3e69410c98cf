namespace Mdev.Sdk.Bridge.Files;

/// <summary>
/// That a host process lives: a lock on a file, which the kernel lets go of when the process is gone, however it went. Asking for it waits
/// for nobody, unlike asking a mount whose process is stopped, and tells the same in every mount namespace.
/// </summary>
/// <remarks>Taken and looked at under a lock of the folder that the processes share.</remarks>
internal sealed class Claim : IDisposable
{
    private readonly FileStream _file;

    private Claim(FileStream file) => _file = file;

    /// <summary>Claims a place.</summary>
    /// <returns><see langword="null"/> if a live process has it.</returns>
    /// <exception cref="IOException">The file cannot be made.</exception>
    public static Claim? TryTake(string path) => TryOpen(path, FileMode.OpenOrCreate) is { } file ? new Claim(file) : null;

    /// <summary>Whether a live process has a place.</summary>
    public static bool IsHeld(string path)
    {
        try
        {
            using FileStream? file = TryOpen(path, FileMode.Open);
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

    /// <summary>Lets go.</summary>
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
