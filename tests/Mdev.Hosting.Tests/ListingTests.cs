using System.Text.RegularExpressions;

namespace Mdev.Hosting.Tests;

/// <summary>What docs/hosting.md shows is what compiles.</summary>
public sealed partial class ListingTests
{
    [Fact]
    public void Every_listing_of_the_page_is_compiled()
    {
        string compiled = Squeeze(
            File.ReadAllText(Repository.PathOf("tests/Mdev.Hosting.Tests/Listings.cs")) + File.ReadAllText(Repository.PathOf("samples/Hosted/Program.cs")));
        string[] listings = [.. Listing().Matches(File.ReadAllText(Repository.PathOf("docs/hosting.md"))).Select(m => m.Groups[1].Value)];
        Assert.True(listings.Length >= 4, "The page has lost its listings.");
        foreach (string listing in listings)
            Assert.Contains(Squeeze(listing), compiled, StringComparison.Ordinal);
    }

    private static string Squeeze(string text) => White().Replace(text, " ").Trim();

    [GeneratedRegex(@"```csharp\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Listing();

    [GeneratedRegex(@"\s+")]
    private static partial Regex White();
}
