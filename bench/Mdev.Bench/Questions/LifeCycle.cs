using System.Diagnostics;
using Mdev.Bench.Measuring;
using Mdev.Bench.Reporting;
using Mdev.Sdk;

namespace Mdev.Bench.Questions;

/// <summary>How many instances can be created and removed again in a second, by themselves and beside 10,000 others?</summary>
internal sealed class LifeCycle : IQuestion
{
    private const int Others = 10_000;
    private const int Pairs = 20_000;

    public string Name => "lifecycle";

    public void Answer(Report report, Settings settings)
    {
        report.Title("Life cycle");
        var alone = new MdevBus();
        var crowded = new MdevBus();
        MdevType type = Offer(alone), crowdedType = Offer(crowded);
        for (int i = 0; i < Others; i++)
            crowded.Create(crowdedType, Guid.NewGuid());

        Samples[] pairs = Interleaved.Run(
            settings.Rounds(25),
            ("alone", () => PerSecond(alone, type)),
            ("crowded", () => PerSecond(crowded, crowdedType)));
        report.State("created and removed again, a second", pairs[0].Median, "", Target.AtLeast(10_000));
        report.Compare($"the same beside {Others:#,0} instances", "", pairs[1], pairs[0]);
    }

    private static MdevType Offer(MdevBus bus)
    {
        var parent = new Parent();
        bus.Register(parent);
        return parent.Types[0];
    }

    private static double PerSecond(MdevBus bus, MdevType type)
    {
        long start = Stopwatch.GetTimestamp();
        for (int i = 0; i < Pairs; i++)
            bus.Remove(bus.Create(type, Guid.NewGuid()).Uuid);
        return Pairs / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    private sealed class Parent : MdevParent<Device, int>
    {
        public override string Driver => "bench";

        public override long Capacity => 1_000_000;

        public override IReadOnlyList<MdevBudget> Budgets { get; } = [new("memory", 1_000_000)];

        protected override IReadOnlyList<MdevType> CreateTypes() => [new MdevType<int>("1", "One", 1, 1, [new("memory", 2)])];

        protected override Device CreateDevice(int config) => new();
    }

    private sealed class Device : IDisposable
    {
        public void Dispose()
        {
        }
    }
}
