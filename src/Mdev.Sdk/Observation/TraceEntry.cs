using Mdev.Sdk.Device;

namespace Mdev.Sdk.Observation;

/// <summary>What the device leaves for a trace on its lock: as it is, to be made sense of later.</summary>
internal struct TraceEntry
{
    public TraceEventKind Kind;

    /// <summary>By <see cref="System.Diagnostics.Stopwatch"/>.</summary>
    public long Time;

    /// <summary>Accesses that were lost before it.</summary>
    public long Lost;

    /// <summary>A region, or an interrupt index.</summary>
    public uint Index;

    /// <summary>An offset, or a vector.</summary>
    public ulong Offset;

    /// <summary>Bytes accessed.</summary>
    public int Count;

    public bool IsWrite;

    /// <summary>What a reply refuses with.</summary>
    public Errno Error;

    /// <summary>Of a register.</summary>
    public RegisterAccess Access;

    /// <summary>Where its bytes begin and end among those kept; the same for none.</summary>
    public long DataStart;
    public long DataEnd;
}
