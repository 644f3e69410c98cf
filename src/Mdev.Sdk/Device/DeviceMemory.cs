using Mdev.Sdk.Interop;
using Mdev.Sdk.Registers;

namespace Mdev.Sdk.Device;

/// <summary>
/// Memory of the device's own, part of a BAR or another region, that a client may map: what it does there is seen by device
/// code and causes no call. A client that does not map it reaches the same bytes by accesses of any width and alignment.
/// </summary>
/// <remarks>
/// It can be used from when the device is served (the first reset, an <see cref="OnResetAttribute"/> handler) until it is
/// disposed, from any thread: as between processors, only naturally aligned accesses of at most 8 bytes are of one piece.
/// </remarks>
public abstract unsafe partial class DeviceMemory
{
    private MappedMemory? _memory;
    private byte* _start;
    private long _traps;

    private protected DeviceMemory(long size)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 1);
        Size = size;
    }

    /// <summary>Bytes; at least 1.</summary>
    public long Size { get; }

    /// <summary>
    /// Accesses that came here one by one, because the client has not mapped the memory or is not let. Read from any thread.
    /// </summary>
    public long Traps => Volatile.Read(ref _traps);

    /// <summary>Bytes that it takes in its region.</summary>
    internal virtual ulong Extent(bool mapped) => (ulong)Size;

    /// <summary>Bytes that clients reach: what fills up the last page belongs to it.</summary>
    internal long Capacity { get; set; }

    /// <summary>The property that declares it, for data sheets.</summary>
    internal string Name { get; private set; } = "";

    private protected bool IsMapped { get; private set; }

    /// <summary>Whether nothing happens when a client writes to it.</summary>
    internal virtual bool IsPlain => false;

    /// <summary>Takes what a declaration says of it.</summary>
    /// <param name="expression">The property, as code spells it.</param>
    /// <param name="mapped">Whether a client may map it.</param>
    internal void Declare(string expression, bool mapped) =>
        (Name, IsMapped) = (expression[(expression.LastIndexOf('.') + 1)..].TrimStart('@'), mapped);

    /// <summary>What a data sheet says of it.</summary>
    internal virtual PlacedMemory PlaceAt(ulong offset) =>
        new(offset, (ulong)Size, Name, IsMapped ? "memory, which clients may map" : "memory");

    /// <summary>Gives it its bytes; once.</summary>
    internal void Place(MappedMemory memory, ulong offset)
    {
        if (_memory is not null)
            throw new InvalidOperationException("The same memory is declared twice; make an object for each property.");
        _memory = memory;
        _start = memory.Start + offset;
    }

    internal void Trapped() => _traps++;

    /// <summary>A client has written bytes by an access of its own. On the device's lock.</summary>
    internal virtual void Written(VfioDevice device, long offset, int count) { }

    internal abstract void Reset(ResetKind kind);

    internal Span<byte> Bytes(long offset, int length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        return new(At(offset, length), length);
    }

    private protected byte* At(long offset, int length)
    {
        MappedMemory memory = _memory ?? throw new InvalidOperationException(
            "The memory can be used once the device is served: a constructor is too early, [OnReset] is not.");
        ObjectDisposedException.ThrowIf(memory.IsClosed, this);

        // Also right for lengths beyond the end: the difference is negative then.
        if (offset < 0 || offset > Capacity - length)
            throw new ArgumentOutOfRangeException(nameof(offset), $"0x{offset:x} and {length} bytes behind it are not in the memory's {Size} bytes.");
        return _start + offset;
    }

    private protected void Clear()
    {
        byte* start = At(0, 0);
        _memory!.Clear((ulong)(start - _memory.Start), (ulong)Capacity);
    }
}
