using System.Text.RegularExpressions;

namespace Mdev.Sdk.Tests;

/// <summary>What the pages link to is there; of a test that a page names, the test too.</summary>
public sealed partial class DocumentationTests
{
    public static TheoryData<string> Pages() =>
        [.. Directory.GetFiles(Repository.PathOf("docs"), "*.md").Select(path => "docs/" + Path.GetFileName(path)), "README.md", "CONTRIBUTING.md"];

    [Theory]
    [MemberData(nameof(Pages))]
    public void Every_link_of_a_page_leads_somewhere(string page)
    {
        string path = Repository.PathOf(page), folder = Path.GetDirectoryName(path)!;
        foreach (Match link in Link().Matches(File.ReadAllText(path)))
        {
            string target = Path.Combine(folder, link.Groups["target"].Value);
            Assert.True(File.Exists(target) || Directory.Exists(target), $"{page} links to {link.Groups["target"].Value}.");
            if (target.EndsWith("Tests.cs", StringComparison.Ordinal))
                Assert.Matches($@"\b{Regex.Escape(link.Groups["text"].Value)}\b", File.ReadAllText(target));
        }
    }

    [Fact]
    public void Every_row_of_the_kernels_features_has_an_answer()
    {
        string[] rows = [.. File.ReadLines(Repository.PathOf("docs/kernel-parity.md")).Where(line => Row().IsMatch(line))];
        Assert.Equal(31, rows.Length);
        Assert.All(rows, row =>
        {
            string[] cells = row.Split(" | ");
            Assert.Equal(4, cells.Length);
            Assert.True(cells[3].Contains("Tests.cs", StringComparison.Ordinal) || cells[2].EndsWith("ot here yet", StringComparison.Ordinal), row);
        });
    }

    // Not of pages elsewhere.
    [GeneratedRegex(@"\[(?<text>[^\]]+)\]\((?<target>[^)#:]+)(?:#[^)]*)?\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"^\| \d+ \|")]
    private static partial Regex Row();
}
