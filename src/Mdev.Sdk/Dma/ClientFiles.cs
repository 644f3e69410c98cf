using Mdev.Sdk.Interop;

namespace Mdev.Sdk.Dma;

/// <summary>
/// How many descriptors clients make this process keep for their memory. All devices of a process share what it may open, and one
/// client's mappings must leave the others enough to be connected to.
/// </summary>
internal static class ClientFiles
{
    private static readonly int s_most = Limit() / 2;
    private static int s_count;

    /// <summary>Takes one more.</summary>
    /// <returns><see langword="false"/> if there are too many.</returns>
    public static bool TryAdd()
    {
        if (Interlocked.Increment(ref s_count) <= s_most)
            return true;
        Remove();
        return false;
    }

    /// <summary>One has been closed.</summary>
    public static void Remove() => Interlocked.Decrement(ref s_count);

    // .NET has raised the limit to the most that it may be. Source: getrlimit(2).
    private static unsafe int Limit()
    {
        const int Usual = 1024;
        ulong* limits = stackalloc ulong[2];
        return Libc.getrlimit(Libc.RLIMIT_NOFILE, limits) == 0 ? (int)Math.Min(limits[0], int.MaxValue) : Usual;
    }
}
