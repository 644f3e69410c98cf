using System.Globalization;
using Xunit.Abstractions;

namespace Mdev.Sdk.Wire.Tests.Fuzz;

/// <summary>
/// Mutated conversations without end. MDEV_FUZZ_MESSAGES says how many messages (200,000), MDEV_FUZZ_SEED which (a new one each run),
/// MDEV_FUZZ_REPLAY a file that a failure has written, to send that instead.
/// </summary>
public sealed class FuzzTests(ITestOutputHelper output)
{
    // Heaps, thread pool and compiled code take their size while it runs; what a client could make grow would pass this soon.
    private const int MostManagedKilobytes = 2 << 10, MostResidentKilobytes = 64 << 10;

    // Those that are both carried out and refused; a run that misses one is not one.
    private static readonly ushort[] s_served = [1, 2, 3, 4, 5, 7, 8, 9, 10, 13, 15, 16, 17, 18];

    [Fact]
    public void Nothing_that_a_client_sends_crashes_wedges_or_fills_the_server()
    {
        long messages = Number("MDEV_FUZZ_MESSAGES") ?? 200_000;
        int seed = (int)(Number("MDEV_FUZZ_SEED") ?? 1);
        Say($"MDEV_FUZZ_SEED={seed} MDEV_FUZZ_MESSAGES={messages}");

        using var host = new FuzzHost();
        using var fuzzer = new Fuzzer(host, seed, Say);
        if (Environment.GetEnvironmentVariable("MDEV_FUZZ_REPLAY") is { Length: > 0 } file)
        {
            fuzzer.Replay(file);
            return;
        }

        fuzzer.Run(messages / 4);
        HostCount before = host.Count();
        fuzzer.Run(messages - fuzzer.Sent);
        HostCount after = host.CountAgain(before);

        string counts = $"Seed {seed}: before {before}, after {after} (descriptors, sessions, mappings, managed and resident KB)";
        Say(counts);
        Say($"Done and refused by command: {fuzzer.Counts}");
        Assert.All(s_served, command => Assert.True(fuzzer.Counts[command] is { Done: > 0, Refused: > 0 }, $"Command {command}: {fuzzer.Counts}"));
        Assert.True(after.Descriptors <= before.Descriptors && after.Mappings <= before.Mappings && after.Sessions == 0, counts);
        Assert.True(after.ManagedKilobytes <= before.ManagedKilobytes + MostManagedKilobytes, counts);
        Assert.True(after.ResidentKilobytes <= before.ResidentKilobytes + MostResidentKilobytes, counts);
        Assert.True(host.Stop(), $"Seed {seed}: the server's process did not end well. {host.Errors}");
    }

    private static long? Number(string variable) =>
        long.TryParse(Environment.GetEnvironmentVariable(variable), CultureInfo.InvariantCulture, out long value) ? value : null;

    private void Say(string line)
    {
        output.WriteLine(line);
        Console.Error.WriteLine($"fuzz: {line}");
    }
}
