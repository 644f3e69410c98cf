using Mdev.Sdk.Bridge.Tree;
using Mdev.Sdk.Management.Control;

namespace Mdev.Tool.Hosts;

/// <summary>What host processes that were killed have left in the runtime directory: sockets, and mounts and links of the tree.</summary>
internal static class Leftovers
{
    /// <summary>Where the trees of the host processes come together.</summary>
    public static string TreeOf(string directory) => Path.Combine(directory, "root");

    /// <summary>Removes it.</summary>
    /// <returns>What was removed.</returns>
    public static IReadOnlyList<string> Sweep(string directory)
    {
        IReadOnlyList<string> removed = StaleSockets.Sweep(directory);
        IReadOnlyList<string> dead = FindMounts(directory);
        try
        {
            return TreeSweeper.Sweep(TreeOf(directory)) > 0 ? [.. removed, .. dead] : removed;
        }
        catch (IOException)
        {
            // Another user's: it is his to remove.
            return removed;
        }
    }

    /// <summary>Places in the tree whose host process is gone.</summary>
    public static IReadOnlyList<string> FindMounts(string directory) => TreeSweeper.FindDead(TreeOf(directory));
}
