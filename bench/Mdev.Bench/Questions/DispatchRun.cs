using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using Mdev.Bench.Blocks;
using Mdev.Bench.Measuring;
using Mdev.Sdk.Registers;

namespace Mdev.Bench.Questions;

/// <summary>One process's measurement for <see cref="DispatchCost"/>.</summary>
/// <remarks>
/// The accesses are a pattern short enough for a branch predictor to learn: what is compared is code, not mispredictions
/// that both would have. Each contender has a loop of its own, compiled for it alone, so that the compiler's guesses from
/// what it saw at a call are as good for one as for the other. The loop itself is part of every figure.
/// </remarks>
internal static class DispatchRun
{
    private const int PatternLength = 64;
    private const int Repeats = 400;
    private const int Rounds = 1001;

    /// <summary>Measures each block and prints, for each, a line of nanoseconds a contender and of bytes allocated.</summary>
    public static int Run()
    {
        Cpus.PinThisThread(Cpus.Server);
        Crowd(new ByteBlock(), new ByteBlockByHand(), new DwordBlock(), new DwordBlockByHand(), new WideBlock(), new WideBlockByHand());
        Measure(
            MakePattern(registers: 8, step: 1, enabled: 0xff),
            new Alone<GeneratedBytes>(new ByteBlock()), new Alone<BytesByHand>(new ByteBlockByHand()),
            new Crowded(new ByteBlock()), new Crowded(new ByteBlockByHand()), new DirectBytes(new()));
        Measure(
            MakePattern(registers: 64, step: 4, enabled: 0xffff_ffff),
            new Alone<GeneratedDwords>(new DwordBlock()), new Alone<DwordsByHand>(new DwordBlockByHand()),
            new Crowded(new DwordBlock()), new Crowded(new DwordBlockByHand()), new DirectDwords(new()));
        Measure(
            MakeWidePattern(),
            new Alone<GeneratedWide>(new WideBlock()), new Alone<WideByHand>(new WideBlockByHand()),
            new Crowded(new WideBlock()), new Crowded(new WideBlockByHand()), new DirectWide(new()));
        return 0;
    }

    private static void Measure<TGenerated, TByHand, TDirect>(
        Access[] pattern, TGenerated generated, TByHand byHand, Crowded crowdedGenerated, Crowded crowdedByHand, TDirect direct)
        where TGenerated : struct, ILanes
        where TByHand : struct, ILanes
        where TDirect : struct, ILanes
    {
        // The same registers, or the comparison means nothing.
        ulong expected = Run(direct, pattern, Repeats);
        if (Run(generated, pattern, Repeats) != expected || Run(byHand, pattern, Repeats) != expected
            || Run(crowdedGenerated, pattern, Repeats) != expected || Run(crowdedByHand, pattern, Repeats) != expected)
            throw new InvalidOperationException("The blocks written by hand are not those that are generated.");

        // In the order of DispatchCost's columns.
        (string, Func<double>)[] contenders =
        [
            ("generated", () => Time(generated, pattern)),
            ("by hand", () => Time(byHand, pattern)),
            ("bare switch", () => Time(direct, pattern)),
            ("generated, crowded", () => Time(crowdedGenerated, pattern)),
            ("by hand, crowded", () => Time(crowdedByHand, pattern)),
        ];
        Warm(contenders);

        long before = GC.GetAllocatedBytesForCurrentThread();
        Run(generated, pattern, Repeats);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Samples[] samples = Interleaved.Run(Rounds, contenders);
        Console.WriteLine(string.Join(' ', samples.Select(one => one.Median.ToString("r", CultureInfo.InvariantCulture))) + $" {allocated}");
    }

    // The call remembers whom it met first, and would be quicker for that one.
    private static void Crowd(params ReadOnlySpan<IRegisterBlock> blocks)
    {
        Access[] pattern = MakePattern(registers: 8, step: 1, enabled: 0xff);
        for (int round = 0; round < 1000; round++)
        {
            foreach (IRegisterBlock block in blocks)
                Run(new Crowded(block), pattern, repeats: 1);
        }
    }

    // Until the code is as good as it becomes: compiled again in the background, twice, from what the runs before showed.
    private static void Warm((string, Func<double> Time)[] contenders)
    {
        var watch = Stopwatch.StartNew();
        while (watch.ElapsedMilliseconds < 1000)
        {
            foreach ((_, Func<double> time) in contenders)
                time();
        }
    }

    // A tenth of a millisecond: short enough that most are not interrupted.
    private static double Time<T>(T lanes, Access[] pattern)
        where T : struct, ILanes
    {
        long start = Stopwatch.GetTimestamp();
        Run(lanes, pattern, Repeats);
        return Stopwatch.GetElapsedTime(start).TotalNanoseconds / (PatternLength * Repeats);
    }

    // Returns something made of every value read, so that no read can be left out.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static ulong Run<T>(T lanes, Access[] pattern, int repeats)
        where T : struct, ILanes
    {
        ulong sum = 0;
        for (int repeat = 0; repeat < repeats; repeat++)
        {
            foreach (Access access in pattern)
            {
                if (access.IsWrite)
                    lanes.TryWrite(access.Offset, access.Value, access.Enabled);
                else if (lanes.TryRead(access.Offset, access.Enabled, out ulong value))
                    sum += value;
            }
        }
        return sum;
    }

    // Two reads for a write, of registers all over the block; the same in every run.
    private static Access[] MakePattern(int registers, uint step, ulong enabled)
    {
        var random = new Random(16550);
        var pattern = new Access[PatternLength];
        for (int i = 0; i < pattern.Length; i++)
            pattern[i] = new((uint)random.Next(registers) * step, (ulong)random.NextInt64() & enabled, enabled, random.Next(3) == 0);
        return pattern;
    }

    // Any of the 1,000 with the same likelihood: most accesses go to an array.
    private static Access[] MakeWidePattern()
    {
        Access[] pattern = MakePattern(registers: 1000, step: 1, enabled: 0xffff_ffff);
        for (int i = 0; i < pattern.Length; i++)
        {
            uint register = pattern[i].Offset;
            uint offset = register < 16 ? register * 4 : register < 672 ? 0x400 + ((register - 16) * 4) : 0x1000 + ((register - 672) * 4);
            pattern[i] = pattern[i] with { Offset = offset };
        }
        return pattern;
    }

    private readonly record struct Access(uint Offset, ulong Value, ulong Enabled, bool IsWrite);

    private interface ILanes
    {
        bool TryRead(uint offset, ulong enabled, out ulong value);

        void TryWrite(uint offset, ulong value, ulong enabled);
    }

    // The tag makes it another type, and so another loop, for each contender.
    private readonly struct Alone<TTag>(IRegisterBlock block) : ILanes
        where TTag : struct
    {
        public bool TryRead(uint offset, ulong enabled, out ulong value) => block.TryReadLane(offset, enabled, out value);

        public void TryWrite(uint offset, ulong value, ulong enabled) => block.TryWriteLane(offset, value, enabled);
    }

    private struct GeneratedBytes;

    private struct BytesByHand;

    private struct GeneratedDwords;

    private struct DwordsByHand;

    private struct GeneratedWide;

    private struct WideByHand;

    // As in a process that serves many kinds of device: no guess at the type behind the call is worth making. Compiled
    // once and without having been watched, so that none is made, for whatever order the contenders run in.
    private readonly struct Crowded(IRegisterBlock block) : ILanes
    {
        [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
        public bool TryRead(uint offset, ulong enabled, out ulong value) => block.TryReadLane(offset, enabled, out value);

        [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
        public void TryWrite(uint offset, ulong value, ulong enabled) => block.TryWriteLane(offset, value, enabled);
    }

    private readonly struct DirectBytes(ByteBlockByHand block) : ILanes
    {
        public bool TryRead(uint offset, ulong enabled, out ulong value) => block.TryReadLane(offset, enabled, out value);

        public void TryWrite(uint offset, ulong value, ulong enabled) => block.TryWriteLane(offset, value, enabled);
    }

    private readonly struct DirectDwords(DwordBlockByHand block) : ILanes
    {
        public bool TryRead(uint offset, ulong enabled, out ulong value) => block.TryReadLane(offset, enabled, out value);

        public void TryWrite(uint offset, ulong value, ulong enabled) => block.TryWriteLane(offset, value, enabled);
    }

    private readonly struct DirectWide(WideBlockByHand block) : ILanes
    {
        public bool TryRead(uint offset, ulong enabled, out ulong value) => block.TryReadLane(offset, enabled, out value);

        public void TryWrite(uint offset, ulong value, ulong enabled) => block.TryWriteLane(offset, value, enabled);
    }
}
