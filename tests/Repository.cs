using System.Reflection;

/// <summary>The checkout that the tests were built from.</summary>
internal static class Repository
{
    public static string Root { get; } = typeof(Repository).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "RepositoryRoot").Value!;

    /// <summary>A file or folder by its path in the repository.</summary>
    public static string PathOf(string relative) => Path.Combine(Root, relative);
}
