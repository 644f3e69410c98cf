namespace Mdev.Bench.Measuring;

/// <summary>How client and server sit: on one core, where a message costs a switch between them, or on two, where it costs
/// waking the other.</summary>
internal sealed record Sitting(string Name, int ClientCpu)
{
    public bool IsSame => ClientCpu == Cpus.Server;

    public static IEnumerable<Sitting> All { get; } = Cpus.AreTwo
        ? [new("same core", Cpus.Server), new("separate cores", Cpus.Client)]
        : [new("same core", Cpus.Server)];
}
