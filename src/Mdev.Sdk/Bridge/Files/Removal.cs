namespace Mdev.Sdk.Bridge.Files;

/// <summary>Takes away what has been left on the disk; what is in use, or another user's, stays.</summary>
internal static class Removal
{
    /// <summary>Removes a folder that has nothing in it.</summary>
    /// <returns>How many: 0 or 1.</returns>
    public static int OfFolder(string folder) => Try(() => Directory.Delete(folder));

    /// <summary>Removes a link, or another small file.</summary>
    /// <returns>How many: 0 or 1.</returns>
    public static int OfFile(string file) => Try(() => File.Delete(file));

    private static int Try(Action remove)
    {
        try
        {
            remove();
            return 1;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return 0;
        }
    }
}
