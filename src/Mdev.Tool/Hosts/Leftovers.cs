using Mdev.Sdk.Bridge.Devices;
using Mdev.Sdk.Bridge.Tree;
using Mdev.Sdk.Management.Control;

namespace Mdev.Tool.Hosts;

/// <summary>What host processes that were killed have left in the runtime directory: sockets, mounts and links of the tree, folders of the bridge.</summary>
internal static class Leftovers
{
    /// <summary>Where the trees of the host processes come together.</summary>
    public static string TreeOf(string directory) => Path.Combine(directory, "root");

    /// <summary>Removes it.</summary>
    /// <returns>What was removed.</returns>
    public static IReadOnlyList<string> Sweep(string directory)
    {
        IReadOnlyList<string> removed = [.. StaleSockets.Sweep(directory), .. FoldersOf(directory).Sweep()];
        IReadOnlyList<string> dead = TreeSweeper.FindDead(TreeOf(directory));
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

    /// <summary>Places in the tree and on the bridge whose host process is gone.</summary>
    public static IReadOnlyList<string> FindMounts(string directory) =>
        [.. TreeSweeper.FindDead(TreeOf(directory)), .. FoldersOf(directory).FindDead()];

    private static DeviceFolders FoldersOf(string directory) => new(DeviceFolders.Below(directory));
}
