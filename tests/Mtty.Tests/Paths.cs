using System.Reflection;

namespace Mtty.Tests;

/// <summary>Where the build has put things.</summary>
internal static class Paths
{
    public static string Mtty { get; } = Metadata("Mtty");

    /// <summary>The recordings of the repository, and those of a folder that MDEV_EXTRA_TRACES may name.</summary>
    public static IEnumerable<string> Traces(string pattern)
    {
        IEnumerable<string> folders = [Metadata("Traces")];
        if (Environment.GetEnvironmentVariable("MDEV_EXTRA_TRACES") is { Length: > 0 } extra)
            folders = folders.Append(extra);
        return folders.SelectMany(folder => Directory.GetFiles(folder, pattern)).Order(StringComparer.Ordinal);
    }

    private static string Metadata(string key) => typeof(Paths).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == key).Value!;
}
