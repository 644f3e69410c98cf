using System.Net.Sockets;
using Mdev.Sdk.Interop;

namespace Mdev.Sdk.Management.Control;

/// <summary>What host processes that were killed have left in the runtime directory.</summary>
internal static class StaleSockets
{
    /// <summary>Control sockets and devices' sockets that nobody listens on.</summary>
    /// <param name="directory">The runtime directory; it need not exist.</param>
    public static IReadOnlyList<string> Find(string directory)
    {
        HashSet<string> heard = Listening();
        try
        {
            return [.. Directory.EnumerateFileSystemEntries(directory, "*.sock")
                .Concat(Directory.EnumerateFileSystemEntries(directory, "*.control"))
                .Where(path => !heard.Contains(path) && IsStale(path)).Order(StringComparer.Ordinal)];
        }
        catch (Exception e) when (FileErrors.Is(e))
        {
            return [];
        }
    }

    /// <summary>Removes them.</summary>
    /// <returns>What was removed.</returns>
    public static IReadOnlyList<string> Sweep(string directory)
    {
        IReadOnlyList<string> found = Find(directory);
        if (found.Count == 0)
            return [];
        try
        {
            // A process that starts puts its socket there under this lock, and listens before it lets go.
            using FolderLock alone = FolderLock.Take(directory);
            List<string> removed = [];
            foreach (string path in found.Where(IsStale))
            {
                File.Delete(path);
                removed.Add(path);
            }
            return removed;
        }
        catch (Exception e) when (FileErrors.Is(e))
        {
            // Another user's: it is his to remove.
            return [];
        }
    }

    // Of this network namespace, which saves those devices a client that says nothing. Source: proc(5), /proc/net/unix.
    private static HashSet<string> Listening()
    {
        const string Accepting = "00010000";
        try
        {
            return [.. File.ReadLines("/proc/net/unix").Select(line => line.Split(' ', 8, StringSplitOptions.RemoveEmptyEntries))
                .Where(columns => columns.Length == 8 && columns[3] == Accepting).Select(columns => columns[7])];
        }
        catch (Exception e) when (FileErrors.Is(e))
        {
            return [];
        }
    }

    private static bool IsStale(string path)
    {
        if (!FileIdentity.TryGet(path, out FileIdentity file) || !file.IsSocket)
            return false;
        try
        {
            using var probe = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified) { Blocking = false };
            probe.Connect(new UnixDomainSocketEndPoint(path));
            return false;
        }
        catch (SocketException e)
        {
            return e.SocketErrorCode == SocketError.ConnectionRefused;
        }
        catch (ArgumentOutOfRangeException)
        {
            return false;
        }
    }
}
