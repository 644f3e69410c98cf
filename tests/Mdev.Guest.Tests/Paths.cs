using System.Reflection;

namespace Mdev.Guest.Tests;

/// <summary>Where the build has put what the tests run.</summary>
internal static class Paths
{
    public static string RepositoryRoot { get; } = Metadata("RepositoryRoot");

    public static string Mtty { get; } = Metadata("Mtty");

    public static string Lab(string name) => Path.Combine(RepositoryRoot, "lab", name);

    private static string Metadata(string key) =>
        typeof(Paths).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == key).Value!;
}
