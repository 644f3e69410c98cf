using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Mdev.Sdk.Dma;

/// <summary>
/// Which mapping a thread is copying from or to. The common copy says so here, by a plain store, instead of taking a lease, by two atomic
/// operations that cost more than a small copy does.
/// </summary>
/// <remarks>
/// The thread stores the mapping and then looks whether it has been removed; whoever removes it marks it, makes all threads' stores
/// visible (<see cref="Interlocked.MemoryBarrierProcessWide"/>) and then looks at the slots. So the one sees the mark, or the other sees
/// the copy and waits for it.
/// </remarks>
internal sealed class CopySlot
{
    [ThreadStatic]
    private static CopySlot? t_mine;

    private static readonly Lock s_gate = new();
    private static CopySlot[] s_all = [];

    private readonly Thread _thread = Thread.CurrentThread;
    private DmaMapping? _using;

    /// <summary>This thread's own.</summary>
    public static CopySlot Mine
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => t_mine ?? Register();
    }

    /// <summary>Threads that have copied, as far as they have not ended.</summary>
    public static int Count => Volatile.Read(ref s_all).Length;

    /// <summary>Where this thread last found what it was looking for; perhaps of another memory, or removed since.</summary>
    public DmaMapping? Recent { get; set; }

    /// <summary>Begins a copy. Nothing may throw until <see cref="End"/>.</summary>
    /// <returns><see langword="false"/> if the mapping has been removed.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryBegin(DmaMapping mapping)
    {
        Volatile.Write(ref _using, mapping);
        if (!mapping.IsRemoved)
            return true;
        Volatile.Write(ref _using, null);
        Recent = null;
        return false;
    }

    /// <summary>Ends the copy.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void End() => Volatile.Write(ref _using, null);

    /// <summary>Waits until no thread copies from or to a mapping. It has been removed, and the stores have been made visible.</summary>
    /// <returns><see langword="false"/> if the time is over.</returns>
    public static bool AwaitEnd(DmaMapping mapping, TimeSpan deadline, long start)
    {
        SpinWait spinner = default;
        while (IsUsed(mapping))
        {
            if (Stopwatch.GetElapsedTime(start) >= deadline)
                return false;
            spinner.SpinOnce();
        }
        return true;
    }

    /// <summary>Whether a thread copies from or to a mapping.</summary>
    public static bool IsUsed(DmaMapping mapping)
    {
        foreach (CopySlot slot in Volatile.Read(ref s_all))
        {
            if (ReferenceEquals(Volatile.Read(ref slot._using), mapping))
                return true;
        }
        return false;
    }

    /// <summary>Whether a thread copies from or to any mapping of a memory.</summary>
    public static bool IsUsed(GuestMemory memory)
    {
        foreach (CopySlot slot in Volatile.Read(ref s_all))
        {
            if (Volatile.Read(ref slot._using) is { } mapping && mapping.IsOf(memory))
                return true;
        }
        return false;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static CopySlot Register()
    {
        var slot = new CopySlot();
        lock (s_gate)
            s_all = [.. s_all.Where(static other => other._thread.IsAlive), slot];

        // Before the first copy: whoever did not see the slot has marked its mapping already.
        Interlocked.MemoryBarrier();
        return t_mine = slot;
    }
}
