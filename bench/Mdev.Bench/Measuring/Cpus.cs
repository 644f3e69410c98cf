using Mdev.Bench.Interop;

namespace Mdev.Bench.Measuring;

/// <summary>Which core a thread or a whole process runs on. Up to 64 of them.</summary>
internal static unsafe class Cpus
{
    private static readonly ulong s_atStart = Allowed();

    /// <summary>Where the servers stay.</summary>
    public static int Server { get; } = 63 - (int)ulong.LeadingZeroCount(s_atStart);

    /// <summary>Where the client goes for the separate figures; the same as <see cref="Server"/> on a machine of one core.</summary>
    public static int Client { get; } = (int)ulong.TrailingZeroCount(s_atStart);

    public static bool AreTwo => Server != Client;

    public static void PinThisThread(int cpu) => Pin(0, 1UL << cpu);

    public static void UnpinThisThread() => Pin(0, s_atStart);

    /// <summary>Pins all threads that the process has now; those they start later come after them.</summary>
    /// <remarks>Not at its start, as taskset would: .NET would see one core, and behave as users never see it.</remarks>
    public static void PinProcess(int process, int cpu)
    {
        foreach (string task in Directory.GetDirectories($"/proc/{process}/task"))
            Pin(int.Parse(Path.GetFileName(task), null), 1UL << cpu);
    }

    private static void Pin(int task, ulong mask)
    {
        // A thread that has ended since it was listed needs none.
        _ = BenchLibc.sched_setaffinity(task, sizeof(ulong), &mask);
    }

    // The kernel wants room for all the CPUs it could have; a kernel of more than 1024 has yet to be met here.
    private static ulong Allowed()
    {
        ulong* mask = stackalloc ulong[16];
        return BenchLibc.sched_getaffinity(0, 16 * sizeof(ulong), mask) == 0 && mask[0] != 0
            ? mask[0]
            : throw new InvalidOperationException("None of the first 64 cores may be used by this process.");
    }
}
