using System.Buffers;

namespace Mdev.Sdk.Dma;

/// <summary>What a <see cref="GuestLease"/> stands for, as .NET wants memory that is not its own.</summary>
/// <remarks>No finalizer: a span of it may be in use when nobody has the lease any more. One that is forgotten is revoked.</remarks>
internal sealed unsafe class LeasedMemory : MemoryManager<byte>
{
    private readonly DmaMapping _mapping;
    private readonly byte* _start;
    private readonly int _length;
    private int _disposed;

    /// <summary>Takes over a lease of the mapping.</summary>
    public LeasedMemory(DmaMapping mapping, ulong address, int length, DmaAccess access)
    {
        (_mapping, _length, Address) = (mapping, length, address);
        _start = mapping.At(address);
        IsWritten = (access & DmaAccess.Write) != 0;
        if (IsWritten)
            mapping.MarkDirty(address, (ulong)length);
    }

    public ulong Address { get; }

    public bool IsWritten { get; }

    public bool IsValid => Volatile.Read(ref _disposed) == 0 && _mapping is { IsBroken: false, IsRevoked: false };

    public override Memory<byte> Memory
    {
        get
        {
            ThrowIfDisposed();
            return CreateMemory(_length);
        }
    }

    public override Span<byte> GetSpan()
    {
        ThrowIfDisposed();
        return new Span<byte>(_start, _length);
    }

    /// <summary>The memory never moves; but it must not go while somebody has its address.</summary>
    public override MemoryHandle Pin(int elementIndex = 0)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)elementIndex, (uint)_length, nameof(elementIndex));
        _mapping.LeaseAgain();
        if (Volatile.Read(ref _disposed) != 0)
        {
            _mapping.Return();
            throw new ObjectDisposedException(nameof(GuestLease));
        }
        return new MemoryHandle(_start + elementIndex, pinnable: this);
    }

    public override void Unpin() => Return();

    protected override void Dispose(bool disposing)
    {
        if (disposing && Interlocked.Exchange(ref _disposed, 1) == 0)
            Return();
    }

    private void ThrowIfDisposed() => ObjectDisposedException.ThrowIf(Volatile.Read(ref _disposed) != 0, typeof(GuestLease));

    private void Return()
    {
        if (IsWritten)
            _mapping.MarkDirty(Address, (ulong)_length);
        _mapping.ReturnSpan();
    }
}
