using Mdev.Sdk.Bridge.Tree;
using Mdev.Sdk.Management.Control;

namespace Mdev.Tool.Hosts;

/// <summary>What host processes that were killed have left in the runtime directory: sockets, mounts and links.</summary>
internal static class Leftovers
{
    /// <summary>Removes it.</summary>
    /// <returns>What was removed.</returns>
    public static IReadOnlyList<string> Sweep(string directory)
    {
        IReadOnlyList<string> sockets = StaleSockets.Sweep(directory);
        string root = Path.Combine(directory, "root");
        return TreeSweeper.Sweep(root) > 0 ? [.. sockets, root] : sockets;
    }
}
