using System.Globalization;

namespace Mdev.Tool.Hosts;

/// <summary>Which of another process' namespaces are not ours. Source: namespaces(7), "The /proc/pid/ns/ directory".</summary>
internal static class ProcessNamespaces
{
    /// <summary>Whether another process sees other mounts.</summary>
    /// <returns><see langword="false"/> too if the process is gone or may not be looked at.</returns>
    public static bool HasOtherMounts(int process) => Differs(process, "mnt");

    /// <summary>Whether another process is in another user namespace.</summary>
    public static bool HasOtherUsers(int process) => Differs(process, "user");

    private static bool Differs(int process, string kind)
    {
        try
        {
            string path = string.Create(CultureInfo.InvariantCulture, $"/proc/{process}/ns/{kind}");
            return new FileInfo(path).LinkTarget is { } theirs && theirs != new FileInfo($"/proc/self/ns/{kind}").LinkTarget;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
