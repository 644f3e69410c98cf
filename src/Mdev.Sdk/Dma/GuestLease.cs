namespace Mdev.Sdk.Dma;

/// <summary>
/// Guest memory where it lies, for work that outlives a method. Made by <see cref="GuestMemory.TryLease"/>; until it is disposed,
/// unmapping waits, for 2 seconds. Copies of this value are the same lease.
/// </summary>
/// <remarks>
/// After the disposal its memory throws <see cref="ObjectDisposedException"/>. Input and output that .NET has begun with it keeps the
/// lease until it ends. The guest goes on using its memory: what is read twice may differ. The default value is a lease of nothing.
/// </remarks>
public readonly struct GuestLease : IDisposable, IEquatable<GuestLease>
{
    private readonly LeasedMemory? _memory;

    internal GuestLease(LeasedMemory memory) => _memory = memory;

    /// <summary>Guest DMA address of the first byte.</summary>
    public ulong Address => _memory?.Address ?? 0;

    /// <summary>The bytes, to be read.</summary>
    /// <exception cref="ObjectDisposedException">It has been disposed.</exception>
    public ReadOnlyMemory<byte> Bytes => _memory is null ? default : _memory.Memory;

    /// <summary>The bytes, to be written.</summary>
    /// <exception cref="InvalidOperationException">It was not leased to be written.</exception>
    /// <exception cref="ObjectDisposedException">It has been disposed.</exception>
    public Memory<byte> WritableBytes => _memory is null ? default : _memory.IsWritten
        ? _memory.Memory
        : throw new InvalidOperationException("The memory was leased with DmaAccess.Read; lease it with Write or ReadWrite.");

    /// <summary>
    /// Whether it still is the guest's memory. Otherwise it has been disposed, or the client has truncated it, or has unmapped it and
    /// waited in vain: what is read since then is zero or stale, and what is written is lost.
    /// </summary>
    public bool IsValid => _memory is { IsValid: true };

    /// <summary>Returns the memory, and notes that it has been written. Once more does nothing.</summary>
    public void Dispose() => (_memory as IDisposable)?.Dispose();

    /// <summary>Whether it is the same lease.</summary>
    public bool Equals(GuestLease other) => ReferenceEquals(_memory, other._memory);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is GuestLease other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => _memory?.GetHashCode() ?? 0;

    /// <summary>Whether they are the same lease.</summary>
    public static bool operator ==(GuestLease left, GuestLease right) => left.Equals(right);

    /// <summary>Whether they are different leases.</summary>
    public static bool operator !=(GuestLease left, GuestLease right) => !left.Equals(right);
}
