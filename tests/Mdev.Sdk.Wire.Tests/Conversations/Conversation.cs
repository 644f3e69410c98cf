namespace Mdev.Sdk.Wire.Tests.Conversations;

/// <summary>What a client and a server have said to each other, in the order of a proxy between them. README.md says how to record one.</summary>
internal static class Conversation
{
    /// <summary>The recorded ones, by the name of their device.</summary>
    public static IReadOnlyList<string> Names { get; } =
        [.. Directory.GetFiles(Folder, "*.txt").Select(path => Path.GetFileNameWithoutExtension(path)!).Order(StringComparer.Ordinal)];

    private static string Folder => Repository.PathOf("tests/Mdev.Sdk.Wire.Tests/Conversations");

    public static IReadOnlyList<Line> Load(string name) => Read(Path.Combine(Folder, name + ".txt"));

    /// <summary>Reads a file of lines; empty ones and those that begin with # are for people.</summary>
    public static IReadOnlyList<Line> Read(string path) =>
        [.. File.ReadLines(path).Where(line => line.Length > 0 && line[0] != '#').Select(Line.Parse)];
}
