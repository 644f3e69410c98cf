namespace Mdev.Sdk.Tests.Bus;

/// <summary>A parent of which a test says everything.</summary>
internal sealed class ScratchParent(params MdevType<string>[] types) : MdevParent<ScratchInstance, string>
{
    public override string Driver => "scratch";

    public long Most { get; init; } = long.MaxValue;

    public int MostInstances { get; init; }

    public MdevBudget[] Shares { get; init; } = [];

    public bool Single { get; init; }

    public Action<ScratchInstance>? OnCreate { get; set; }

    public Func<Guid, IDisposable?>? OnReserve { get; set; }

    public Func<long?>? OnCount { get; set; }

    public override long Capacity => Most;

    public override int MaxInstances => MostInstances;

    public override IReadOnlyList<MdevBudget> Budgets => Shares;

    public override bool OneTypeAtATime => Single;

    public static MdevType<string> Type(string name, long cost = 1, params MdevCost[] costs) => new(name, name, cost, name, costs);

    protected override IReadOnlyList<MdevType> CreateTypes() => types;

    protected override long? CountAvailable(MdevType type) => OnCount?.Invoke();

    protected override IDisposable? Reserve(MdevType type, Guid uuid) => OnReserve?.Invoke(uuid);

    protected override ScratchInstance CreateDevice(string config)
    {
        var made = new ScratchInstance();
        OnCreate?.Invoke(made);
        return made;
    }
}
