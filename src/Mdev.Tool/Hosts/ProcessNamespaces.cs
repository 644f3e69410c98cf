using System.Globalization;
using System.Text.RegularExpressions;

namespace Mdev.Tool.Hosts;

/// <summary>Which of another process' namespaces are not ours. Source: namespaces(7), "The /proc/pid/ns/ directory".</summary>
internal static partial class ProcessNamespaces
{
    /// <summary>Whether another process sees other mounts.</summary>
    /// <returns><see langword="false"/> too if the process is gone or may not be looked at.</returns>
    public static bool HasOtherMounts(int process) => Differs(process, "mnt");

    /// <summary>Whether another process is in another user namespace.</summary>
    public static bool HasOtherUsers(int process) => Differs(process, "user");

    /// <summary>Where another process sees mounts. Source: proc_pid_mounts(5); characters that part words there are in octal.</summary>
    /// <returns>Absolute paths; none if the process is gone or may not be looked at.</returns>
    public static IReadOnlySet<string> MountsOf(int process)
    {
        try
        {
            return File.ReadLines(string.Create(CultureInfo.InvariantCulture, $"/proc/{process}/mounts"))
                .Select(line => Octal.Replace(line.Split(' ')[1], code => ((char)Convert.ToInt32(code.Value[1..], 8)).ToString()))
                .ToHashSet(StringComparer.Ordinal);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new HashSet<string>();
        }
    }

    [GeneratedRegex(@"\\[0-7]{3}")]
    private static partial Regex Octal { get; }

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
