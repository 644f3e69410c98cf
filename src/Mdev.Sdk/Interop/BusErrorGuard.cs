using System.Runtime.InteropServices;

namespace Mdev.Sdk.Interop;

/// <summary>
/// Keeps the process alive where memory that another process shares with it ceases to be there, by a truncation of its file above all:
/// for a SIGBUS inside of a range that is registered here, zeros take the place of the range, and the range is marked as broken. Any
/// other SIGBUS goes to the handler that was there before, .NET's.
/// </summary>
/// <remarks>
/// One handler and one table a process, made at the first registration and never taken away. Managed code cannot run in a handler
/// whose thread may be in managed code, so it is machine code (<see cref="BusErrorCode"/>) in a page that was written first and made
/// executable then, never both.
/// </remarks>
internal static unsafe class BusErrorGuard
{
    /// <summary>Ranges at once. Each is a mapping of the process too, of which Linux allows 65,530 if not told otherwise.</summary>
    public const int Capacity = 32767;

    /// <summary>An AppContext switch for a program that cannot have the handler.</summary>
    public const string OffSwitch = "Mdev.Sdk.NoBusErrorHandler";

    // BusErrorCode knows this layout: a count, zeros up to the first entry, which stays unused, and entries of 32 bytes.
    private const int EntrySize = 32;

    private static readonly Lock s_gate = new();
    private static readonly Stack<int> s_free = new();
    private static byte* s_table;
    private static bool s_tried;

    /// <summary>One range, as the handler reads it.</summary>
    [StructLayout(LayoutKind.Sequential, Size = EntrySize)]
    public struct Entry
    {
        public nuint Start;
        public nuint Length;
        public long Broken;
        public nuint PageSize;
    }

    /// <summary>Whether the handler is there, or can be made.</summary>
    public static bool IsAvailable
    {
        get
        {
            lock (s_gate)
                return TryInstall();
        }
    }

    /// <summary>Registers a range. Nothing may have touched it before.</summary>
    /// <param name="start">First byte.</param>
    /// <param name="length">Bytes, whole pages.</param>
    /// <param name="pageSize">The pages' size.</param>
    /// <returns>Where the handler marks the range as broken; <see langword="null"/> if there is no handler, or no room.</returns>
    public static Entry* TryAdd(byte* start, nuint length, nuint pageSize)
    {
        lock (s_gate)
        {
            if (!TryInstall())
                return null;
            ref nint count = ref *(nint*)s_table;
            if (!s_free.TryPop(out int index))
            {
                if (count > Capacity)
                    return null;
                index = (int)count;
            }

            var entry = (Entry*)(s_table + (index * EntrySize));
            (entry->Broken, entry->PageSize) = (0, pageSize);
            Volatile.Write(ref entry->Start, (nuint)start);
            Volatile.Write(ref entry->Length, length);
            if (index == count)
                Volatile.Write(ref count, index + 1);
            return entry;
        }
    }

    /// <summary>Takes a range back. Before it is unmapped: its addresses may be somebody else's at once.</summary>
    public static void Remove(Entry* entry)
    {
        lock (s_gate)
        {
            // In this order, and a start changes under no length but 0: the handler sees a start with its own length, or none.
            Volatile.Write(ref entry->Length, 0);
            Volatile.Write(ref entry->Start, 0);
            s_free.Push((int)(((byte*)entry - s_table) / EntrySize));
        }
    }

    private static bool TryInstall()
    {
        if (s_tried)
            return s_table is not null;
        s_tried = true;
        if (AppContext.TryGetSwitch(OffSwitch, out bool off) && off)
            return false;

        ReadOnlySpan<byte> code;
        int byDefault;
        switch (RuntimeInformation.ProcessArchitecture)
        {
            case Architecture.X64:
                code = BusErrorCode.X64;
                byDefault = BusErrorCode.DefaultX64;
                break;
            case Architecture.Arm64:
                code = MemoryMarshal.AsBytes(BusErrorCode.Arm64);
                byDefault = BusErrorCode.DefaultArm64;
                break;
            default:
                return false;
        }

        Libc.sigaction_t action;
        if (Libc.sigaction(Libc.SIGBUS, null, &action) != 0 || action.sa_handler == Libc.SIG_IGN)
            return false;

        // The page of code, and behind it the table, of which nothing is there before it is used.
        nuint page = (nuint)Environment.SystemPageSize;
        nuint length = page + ((Capacity + 1) * EntrySize);
        const int Flags = Libc.MAP_PRIVATE | Libc.MAP_ANONYMOUS | Libc.MAP_NORESERVE;
        nint mapped = Libc.mmap(null, length, Libc.PROT_READ | Libc.PROT_WRITE, Flags, -1, 0);
        if (mapped == -1)
            return false;

        var start = (byte*)mapped;
        byte* table = start + page;
        *(nint*)table = 1;
        code.CopyTo(new Span<byte>(start, code.Length));
        const int Aligned = BusErrorCode.WordsAlignment - 1;
        var words = (nint*)(start + ((code.Length + Aligned) & ~Aligned));
        words[0] = (nint)table;
        words[1] = action.sa_handler == Libc.SIG_DFL ? (nint)start + byDefault : action.sa_handler;

        // The kernel makes the instruction cache see a page that becomes executable (arm64: __sync_icache_dcache).
        if (Libc.mprotect(start, page, Libc.PROT_READ | Libc.PROT_EXEC) == 0)
        {
            // The mask and the stack of the handler before, which may be jumped to.
            action.sa_flags |= Libc.SA_SIGINFO | (action.sa_handler == Libc.SIG_DFL ? Libc.SA_ONSTACK | Libc.SA_RESTART : 0);
            action.sa_handler = mapped;
            if (Libc.sigaction(Libc.SIGBUS, &action, null) == 0)
            {
                s_table = table;
                return true;
            }
        }

        _ = Libc.munmap(start, length);
        return false;
    }
}
