using Mdev.Sdk.Generators.Tests.Harness;
using Microsoft.CodeAnalysis;

namespace Mdev.Sdk.Generators.Tests.Incremental;

/// <summary>Source is unfinished most of the time: what it then is must not make the generator fail, nor the analyzer.</summary>
public sealed class BrokenSourceTests
{
    // Arbitrary; each is a compilation.
    private const int Edits = 30;

    public static TheoryData<string> Names =>
        [.. Directory.GetDirectories(Snapshots()).Select(d => Path.GetFileName(d)).Order()];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task No_unfinished_source_makes_the_generator_fail(string name)
    {
        string source = File.ReadAllText(Path.Combine(Snapshots(), name, "input.cs"));
        var random = new Random(name.Length);
        for (int i = 0; i < Edits; i++)
        {
            string broken = Break(source, random);
            Compilation compilation = Compiler.Generate(Compiler.Create(broken), out _);
            Compiler.AssertNone((await Diagnose.Run(compilation)).Where(d => d.Id == "AD0001"));
        }
    }

    /// <summary>Takes something out, doubles it, or puts it elsewhere: lines as an editor does, tokens as typing does.</summary>
    private static string Break(string source, Random random)
    {
        List<string> parts = random.Next(2) == 0
            ? [.. source.Split('\n').Select(l => l + "\n")]
            : [.. Compiler.Tree(source, "").GetRoot().DescendantTokens().Select(t => t.ToFullString())];
        for (int edit = random.Next(1, 4); edit > 0; edit--)
        {
            int at = random.Next(parts.Count);
            string part = parts[at];
            if (random.Next(3) > 0)
                parts.RemoveAt(at);
            if (random.Next(2) == 0)
                parts.Insert(random.Next(parts.Count), part);
        }

        return string.Concat(parts);
    }

    private static string Snapshots() => Repository.PathOf("tests/Mdev.Sdk.Generators.Tests/Snapshots");
}
