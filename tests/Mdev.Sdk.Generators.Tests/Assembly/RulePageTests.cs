using Mdev.Sdk.Generators.Diagnostics;
using Mdev.Sdk.Generators.Tests.Harness;
using Microsoft.CodeAnalysis;

namespace Mdev.Sdk.Generators.Tests.Assembly;

public sealed class RulePageTests
{
    public static TheoryData<string> Ids => [.. Rules.Select(r => r.Id)];

    private static IEnumerable<DiagnosticDescriptor> Rules => new MdevAnalyzer().SupportedDiagnostics;

    [Theory]
    [MemberData(nameof(Ids))]
    public void A_rule_has_a_page_that_shows_the_mistake_and_its_cure(string id)
    {
        DiagnosticDescriptor rule = Rules.Single(r => r.Id == id);
        Assert.Equal($"docs/diagnostics/{id}.md", rule.HelpLinkUri);

        string page = File.ReadAllText(Path.Combine(Repository.Root, rule.HelpLinkUri));
        Assert.StartsWith($"# {id}: {rule.Title}\n", page, StringComparison.Ordinal);
        Assert.Contains("\n## Wrong\n", page, StringComparison.Ordinal);
        Assert.Contains("\n## Right\n", page, StringComparison.Ordinal);
        Assert.Contains($"\n{rule.DefaultSeverity}", page, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public async Task A_pages_wrong_example_has_the_mistake_and_its_right_one_none(string id)
    {
        string page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "diagnostics", id + ".md"));

        Assert.Equal([id], (await Found("Wrong")).Distinct());
        Assert.Empty(await Found("Right"));

        async Task<IEnumerable<string>> Found(string heading)
        {
            string code = page.Split($"## {heading}\n\n```csharp\n")[1].Split("```")[0];
            Compilation compilation = Compiler.Generate(Compiler.Create(code), out _);
            Compiler.AssertNone(compilation.GetDiagnostics().Where(d => d.Severity == DiagnosticSeverity.Error));
            return (await Diagnose.Run(compilation)).Where(d => !Diagnose.IsHint(d) || d.Id == id).Select(d => d.Id);
        }
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void A_rule_is_in_the_release_notes_of_the_analyzer(string id)
    {
        DiagnosticDescriptor rule = Rules.Single(r => r.Id == id);
        string releases = Path.Combine(Repository.Root, "src", "Mdev.Sdk.Generators");
        string notes = File.ReadAllText(Path.Combine(releases, "AnalyzerReleases.Shipped.md"))
            + File.ReadAllText(Path.Combine(releases, "AnalyzerReleases.Unshipped.md"));

        Assert.Contains($"\n{id} | {rule.Category} | {(rule.IsEnabledByDefault ? rule.DefaultSeverity.ToString() : "Disabled")} | ", notes, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_page_belongs_to_a_rule()
    {
        IEnumerable<string> pages = Directory.EnumerateFiles(Path.Combine(Repository.Root, "docs", "diagnostics"), "MDEV*.md").Select(p => Path.GetFileNameWithoutExtension(p));
        Assert.Empty(pages.Except(Rules.Select(r => r.Id)));

        string index = File.ReadAllText(Path.Combine(Repository.Root, "docs", "diagnostics", "README.md"));
        Assert.All(Rules, r => Assert.Contains($"| [{r.Id}]({r.Id}.md) | {r.DefaultSeverity} | {r.Title} |\n", index, StringComparison.Ordinal));
    }

    [Fact]
    public void No_number_is_used_twice() => Assert.Equal(Rules.Count(), Rules.Select(r => r.Id).Distinct().Count());
}
