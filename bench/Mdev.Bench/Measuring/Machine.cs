namespace Mdev.Bench.Measuring;

/// <summary>What the figures were measured on.</summary>
internal static class Machine
{
    public static string Processor { get; } = File.ReadLines("/proc/cpuinfo")
        .FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))?.Split(':')[1].Trim() ?? "an unknown kind";
}
