using Mdev.Sdk.Testing;
using Mdev.Sdk.Testing.Bridge;
using Mdev.Sdk.Testing.Traces;

namespace Mbochs.Tests;

/// <summary>What the kernel's mbochs and mdpy did, line by line, against the sample programs: over their sockets, and by their files on the host.</summary>
public sealed class TraceReplayTests
{
    public static TheoryData<string> Files => [.. Paths.Traces("mbochs-*.trace").Concat(Paths.Traces("mdpy-*.trace"))];

    [Theory]
    [MemberData(nameof(Files))]
    public void Every_line_gives_what_was_recorded_or_a_listed_deviation(string path)
    {
        TraceFile file = TraceFile.Read(path);
        using DisplayProcess display = DisplayProcess.OfType(file.Type);
        Replay(file, display, DisplayDeviations.Of(file.Type), display.Connect);
    }

    [NeedsTheory(Need.Fuse)]
    [MemberData(nameof(Files))]
    public void Every_line_gives_the_same_over_the_bridge_but_for_mapping(string path)
    {
        TraceFile file = TraceFile.Read(path);
        using DisplayProcess display = DisplayProcess.OfType(file.Type, "--bridge", "fuse");
        bool isMapped;
        using (BridgeFolderClient client = Open(display))
            isMapped = client.GetRegionInfo(0).CanBeMapped;
        Replay(
            file, display, [.. DisplayDeviations.Of(file.Type), .. isMapped ? [] : DisplayDeviations.WithoutMapping], () => Open(display));
    }

    [Theory]
    [InlineData("mbochs")]
    [InlineData("mdpy")]
    public void Every_deviation_is_needed_by_a_line(string driver)
    {
        IEnumerable<TraceFile> files = Paths.Traces($"{driver}-*.trace").Select(TraceFile.Read);
        var needed = files
            .SelectMany(file => file.Expect([.. DisplayDeviations.Of(file.Type), .. DisplayDeviations.WithoutMapping]))
            .SelectMany(expectation => expectation.Deviations)
            .Select(deviation => deviation.Name)
            .ToHashSet();
        Assert.Empty(DisplayDeviations.Of($"{driver}-x").Concat(DisplayDeviations.WithoutMapping).Select(deviation => deviation.Name).Except(needed));
    }

    [Fact]
    public void All_recordings_of_mbochs_and_mdpy_are_here()
    {
        // Seven files of each type of mbochs, three of each of mdpy.
        Assert.True(Files.Count >= 30, $"There are only {Files.Count} traces.");
    }

    private static BridgeFolderClient Open(DisplayProcess display) => BridgeFolderClient.Open(display[$"bridge/{display.Uuid}"]);

    private static void Replay(TraceFile file, DisplayProcess display, IReadOnlyList<TraceDeviation> deviations, Func<VfioClient> connect)
    {
        Assert.Equal(file.Type, display.Type);
        IReadOnlyList<TraceResult> results;
        using (VfioClient client = connect())
            results = TraceReplay.Run(client, file, deviations);
        display.Terminate();

        // The first ones say what is wrong; what follows are mostly consequences.
        TraceResult[] wrong = [.. results.Where(result => !result.Matches).Take(10)];
        Assert.True(wrong.Length == 0, string.Join('\n', wrong.AsEnumerable()));
        Assert.Equal(file.Lines.Count, results.Count);
    }
}
