namespace Mtty.Tests;

/// <summary>The card's register map in each format; MDEV_UPDATE_SNAPSHOTS=1 rewrites the golden files.</summary>
public sealed class ExportTests
{
    [Theory]
    [InlineData("markdown", "mtty.md")]
    [InlineData("c-header", "mtty.h")]
    [InlineData("svd", "mtty.svd")]
    [InlineData("rdl", "mtty.rdl")]
    public void The_map_is_the_reviewed_one(string format, string file)
    {
        using MttyProcess mtty = MttyProcess.Start("--type", "mtty-2", "--export", format);
        Assert.Equal(0, mtty.WaitForExit());
        Assert.Empty(mtty.ErrorLines);

        string path = Repository.PathOf($"tests/Mtty.Tests/Golden/{file}"), text = string.Join('\n', mtty.Output) + "\n";
        if (Environment.GetEnvironmentVariable("MDEV_UPDATE_SNAPSHOTS") == "1")
            File.WriteAllText(path, text);
        Assert.Equal(File.ReadAllText(path), text);
    }

    [Fact]
    public void The_first_type_is_written_if_none_is_named()
    {
        using MttyProcess mtty = MttyProcess.Start("--export", "c-header");
        Assert.Equal(0, mtty.WaitForExit());
        Assert.StartsWith("/* mtty-1:", mtty.Output[0], StringComparison.Ordinal);
        Assert.DoesNotContain(mtty.Output, line => line.Contains("BAR1", StringComparison.Ordinal));
    }
}
