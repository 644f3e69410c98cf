namespace Mdev.Sdk.Registers;

/// <summary>
/// How a register that is wider than its block's bus stays one value, although an access of the bus reaches only a lane of it
/// (SystemRDL compilers: PeakRDL's <c>buffer_reads</c> and <c>buffer_writes</c>). No effect on a register that fits the bus.
/// </summary>
/// <remarks>
/// <para>The lanes go by address, in both byte orders: the first is the one with the lowest address, the last the one with
/// the highest. An access that is wider than the bus meets them in that order, and so is whole by itself.</para>
/// <para>A latch, and what has been collected, are of the bus and not of the register: every reset drops them, of whatever kind and whatever
/// <see cref="ResetOn"/> says. Each address of a register (<see cref="AliasAttribute"/>) has its own. Device code, <c>Peek</c> and
/// <c>Poke</c> pass them by: they see and store the register itself.</para>
/// </remarks>
[Flags]
public enum Split
{
    /// <summary>Each lane by itself: enough for what no guest writes and no read changes.</summary>
    None = 0,

    /// <summary>
    /// A read of the first lane takes the whole value, runs the read handler and does what reading does to the bits, for the whole register
    /// and once. It also keeps that value: reads of the other lanes show it, zeros if the first has not been read since the reset.
    /// </summary>
    LatchRead = 1,

    /// <summary>
    /// A write of a lane is kept, byte by byte; a write of the last lane commits all that was kept as one write of the whole
    /// register: what access, gate, handler and self-clearing do, they do then, once. Bytes that were not written are not touched.
    /// </summary>
    CommitWrite = 2,

    /// <summary>Both.</summary>
    Both = LatchRead | CommitWrite,
}
