namespace Mdev.Sdk.Interop;

/// <summary>The core that the calling thread runs on, and what others make of it. Sources: sched_yield(2), getrusage(2).</summary>
internal static unsafe class CurrentCore
{
    private const int RUSAGE_THREAD = 1;

    // struct rusage: two times of two words each, then 14 counts, of which ru_nivcsw is the last.
    private const int UsageWords = 18;

    /// <summary>
    /// How many times the thread stood aside for another one without sleeping: because it yielded the core and another thread wanted
    /// it, or because its time was up. Only the difference of two readings on one thread says anything.
    /// </summary>
    public static nint Preemptions
    {
        get
        {
            nint* usage = stackalloc nint[UsageWords];
            return Libc.getrusage(RUSAGE_THREAD, usage) == 0 ? usage[UsageWords - 1] : 0;
        }
    }

    /// <summary>Lets another thread have the core if one wants it.</summary>
    public static void Yield() => _ = Libc.sched_yield();
}
