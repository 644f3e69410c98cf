using Mdev.Sdk.Testing;
using Mdev.Sdk.Testing.Bridge;
using Mdev.Sdk.Testing.Traces;

namespace Mtty.Tests;

/// <summary>What the kernel's mtty did, line by line, against the sample program: over its socket, and by its files on the host.</summary>
public sealed class TraceReplayTests
{
    public static TheoryData<string> Files => [.. Paths.Traces("mtty-*.trace")];

    [Theory]
    [MemberData(nameof(Files))]
    public void Every_line_gives_what_was_recorded_or_a_listed_deviation(string path)
    {
        TraceFile file = TraceFile.Read(path);
        using var folder = new TemporaryFolder();
        using MttyProcess mtty = MttyProcess.StartReady("--type", file.Type, "--socket-path", folder.Socket);
        Replay(file, mtty, mtty.Connect);
    }

    [NeedsTheory(Need.Fuse)]
    [MemberData(nameof(Files))]
    public void Every_line_gives_the_same_over_the_bridge(string path)
    {
        TraceFile file = TraceFile.Read(path);
        using var folder = new TemporaryFolder();
        using MttyProcess mtty = MttyProcess.WaitUntilReady(MttyProcess.StartIn(folder.Path, "--type", file.Type, "--bridge", "fuse"));
        Replay(file, mtty, () => BridgeFolderClient.Open(folder[$"bridge/{mtty.Uuid}"]));
    }

    [Fact]
    public void Every_deviation_is_needed_by_a_line()
    {
        var needed = Paths.Traces("mtty-*.trace")
            .SelectMany(path => TraceFile.Read(path).Expect(MttyDeviations.All))
            .SelectMany(expectation => expectation.Deviations)
            .ToHashSet();
        Assert.Empty(MttyDeviations.All.Except(needed).Select(deviation => deviation.Name));
    }

    [Fact]
    public void All_recordings_of_mtty_are_here()
    {
        // 12 files of mtty-1, 19 of mtty-2, and one with what was observed apart from them.
        Assert.True(Files.Count >= 32, $"There are only {Files.Count} traces.");
    }

    private static void Replay(TraceFile file, MttyProcess mtty, Func<VfioClient> connect)
    {
        Assert.Equal(file.Type, mtty.Type);
        IReadOnlyList<TraceResult> results;
        using (VfioClient client = connect())
            results = TraceReplay.Run(client, file, MttyDeviations.All);
        mtty.Terminate();

        // The first ones say what is wrong; what follows are mostly consequences.
        TraceResult[] wrong = [.. results.Where(result => !result.Matches).Take(10)];
        Assert.True(wrong.Length == 0, string.Join('\n', wrong.AsEnumerable()));
        Assert.Equal(file.Lines.Count, results.Count);
    }
}
