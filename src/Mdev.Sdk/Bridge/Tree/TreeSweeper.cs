using Mdev.Sdk.Bridge.Files;
using Mdev.Sdk.Bridge.Fuse;
using Mdev.Sdk.Interop;

namespace Mdev.Sdk.Bridge.Tree;

/// <summary>Takes away what killed host processes have left in a tree. What belongs to a live one is never touched.</summary>
internal static class TreeSweeper
{
    /// <summary>Sweeps.</summary>
    /// <param name="root">The tree's folder; nothing is done if there is none.</param>
    /// <returns>How many things were removed.</returns>
    public static int Sweep(string root)
    {
        var layout = new TreeLayout(root);
        if (!Directory.Exists(layout.DevicesFolder))
            return 0;

        // Whoever publishes makes folder, mount and links under this lock, so that none is seen half made.
        using FolderLock alone = FolderLock.Take(root);
        int removed = 0;
        foreach (string driver in Entries(layout.DevicesFolder))
        {
            foreach (string parent in Entries(driver))
            {
                // Not even a look at a live one's: its process may be stopped, and its mount may be in another namespace.
                if (Claim.IsHeld(layout.Claim(Path.GetFileName(parent))))
                    continue;
                if (FuseMount.StateOf(parent) != MountState.None)
                    FuseMount.Detach(parent);
                removed += Removal.OfFolder(parent);
            }
            removed += Removal.OfFolder(driver);
        }
        foreach (string folder in (string[])[layout.ClassFolder, layout.MdevFolder, layout.PciFolder])
        {
            foreach (string link in Entries(folder))
            {
                if (TreeLayout.ParentOf(link) is { } parent && !Claim.IsHeld(layout.Claim(parent)))
                    removed += Removal.OfFile(link);
            }
        }
        foreach (string claim in Entries(Path.GetDirectoryName(layout.Claim("parent"))!))
        {
            if (!Claim.IsHeld(layout.Claim(Path.GetFileName(claim))))
                removed += Removal.OfFile(claim);
        }
        return removed;
    }

    /// <summary>The mount points of parents whose process is gone.</summary>
    /// <param name="root">The tree's folder; there may be none.</param>
    public static IReadOnlyList<string> FindDead(string root)
    {
        var layout = new TreeLayout(root);
        return [.. Entries(layout.DevicesFolder).SelectMany(Entries).Where(parent => !Claim.IsHeld(layout.Claim(Path.GetFileName(parent))))];
    }

    private static IEnumerable<string> Entries(string folder) => FolderNames.In(folder).Select(name => Path.Combine(folder, name));
}
