using Mdev.Sdk;
using Mdev.Sdk.Bridge.Fuse;
using Mdev.Sdk.Bridge.Tree;
using Mdev.Sdk.Management;
using Mdev.Sdk.Management.Control;
using Mdev.Sdk.Management.Control.Messages;

namespace Mdev.Tool.Hosts;

/// <summary>What host processes that were killed have left in the runtime directory: sockets, and mounts and links of the tree.</summary>
internal static class Leftovers
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(2);

    /// <summary>Where the trees of the host processes come together.</summary>
    public static string TreeOf(string directory) => Path.Combine(directory, "root");

    /// <summary>Removes it.</summary>
    /// <returns>What was removed.</returns>
    public static IReadOnlyList<string> Sweep(string directory)
    {
        IReadOnlyList<string> removed = StaleSockets.Sweep(directory);
        IReadOnlyList<string> dead = FindMounts(directory);
        if ((removed.Count == 0 && dead.Count == 0) || HasTreeElsewhere(directory))
            return removed;
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

    /// <summary>Mounts whose host process is gone: whoever looks into them is told ENOTCONN.</summary>
    /// <remarks>One that listens on its control socket is not asked: if it is stopped, whoever asks its mount waits for ever.</remarks>
    public static IReadOnlyList<string> FindMounts(string directory)
    {
        string devices = new TreeLayout(TreeOf(directory)).DevicesFolder;
        IReadOnlyList<string> stale = StaleSockets.Find(directory);
        try
        {
            return Directory.Exists(devices)
                ? [.. Directory.GetFileSystemEntries(devices).SelectMany(Directory.GetFileSystemEntries).Where(p => !IsHeard(p) && FuseMount.StateOf(p) == MountState.Dead)]
                : [];
        }
        catch (Exception e) when (FileErrors.Is(e))
        {
            return [];
        }

        bool IsHeard(string mount)
        {
            string control = Path.Combine(directory, $"{Path.GetFileName(mount)}.control");
            return File.Exists(control) && !stale.Contains(control);
        }
    }

    // What is an empty folder here may be a live mount in a host process' own namespace, which removing the folder would take away.
    // And the sweeper asks every mount, also that of a process which does not answer.
    private static bool HasTreeElsewhere(string directory)
    {
        bool isSilent = false;
        using var deadline = new CancellationTokenSource(s_patience);
        try
        {
            var hosts = new HostProcesses(directory, _ => isSilent = true, sweeps: false);
            bool isElsewhere = hosts.AskAllAsync(ControlVerbs.Parents, Nothing.Instance, deadline.Token).GetAwaiter().GetResult()
                .Any(a => ProcessNamespaces.HasOtherMounts(a.Answer.Process));
            return isElsewhere || isSilent;
        }
        catch (Exception e) when (e is MdevException or OperationCanceledException)
        {
            return true;
        }
    }
}
