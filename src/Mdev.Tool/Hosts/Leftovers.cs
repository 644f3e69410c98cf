using Mdev.Sdk.Management.Control;

namespace Mdev.Tool.Hosts;

/// <summary>What host processes that were killed have left in the runtime directory.</summary>
internal static class Leftovers
{
    /// <summary>Removes it.</summary>
    /// <returns>What was removed.</returns>
    public static IReadOnlyList<string> Sweep(string directory) => StaleSockets.Sweep(directory);
}
