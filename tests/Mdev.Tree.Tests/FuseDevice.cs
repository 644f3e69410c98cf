namespace Mdev.Tree.Tests;

/// <summary>Whether this machine has what a mount needs.</summary>
internal static class FuseDevice
{
    /// <summary>Why tests are skipped; <see langword="null"/> if they are not.</summary>
    public static string? Lacking { get; } = Environment.GetEnvironmentVariable("CI") == "true" || CanBeOpened()
        ? null
        : "There is no /dev/fuse that this user may open; load the module fuse, or permit it.";

    private static bool CanBeOpened()
    {
        int device = Sys.Open("/dev/fuse", 2);
        if (device < 0)
            return false;
        Sys.Close(device);
        return true;
    }
}
