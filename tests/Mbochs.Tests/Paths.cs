using System.Reflection;

namespace Mbochs.Tests;

/// <summary>Where the build has put things.</summary>
internal static class Paths
{
    /// <summary>A sample's program, <c>Mbochs</c> or <c>Mdpy</c>.</summary>
    public static string Program(string sample) => Built(sample, sample);

    public static string Tool => Built("Mdev.Tool", "dotnet-mdev");

    /// <summary>The recordings of the repository, and those of a folder that MDEV_EXTRA_TRACES may name.</summary>
    public static IEnumerable<string> Traces(string pattern)
    {
        IEnumerable<string> folders = [Repository.PathOf("tests/Traces")];
        if (Environment.GetEnvironmentVariable("MDEV_EXTRA_TRACES") is { Length: > 0 } extra)
            folders = folders.Append(extra);
        return folders.SelectMany(folder => Directory.GetFiles(folder, pattern)).Order(StringComparer.Ordinal);
    }

    private static string Built(string project, string program) =>
        Path.Combine(Metadata("Programs"), project, Metadata("Configuration"), program);

    private static string Metadata(string key) => typeof(Paths).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == key).Value!;
}
