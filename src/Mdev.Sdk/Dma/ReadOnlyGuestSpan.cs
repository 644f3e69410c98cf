namespace Mdev.Sdk.Dma;

/// <summary>
/// Guest memory to be read where it lies: no copy. Made by <see cref="GuestMemory.TryMap(ulong, ulong, out ReadOnlyGuestSpan)"/> and
/// <see cref="DmaHandle"/>; until it is disposed, unmapping waits. Dispose it in one place, soon: <c>using (span) { … }</c>.
/// </summary>
/// <remarks>
/// The guest goes on using its memory: what is read twice may differ, so copy before checking. The default value is a span of nothing.
/// </remarks>
public ref struct ReadOnlyGuestSpan : IDisposable
{
    private DmaMapping? _mapping;

    internal unsafe ReadOnlyGuestSpan(DmaMapping mapping, ulong address, int length)
    {
        (_mapping, Address) = (mapping, address);
        Bytes = new ReadOnlySpan<byte>(mapping.At(address), length);
    }

    /// <summary>Guest DMA address of the first byte.</summary>
    public readonly ulong Address { get; }

    /// <summary>The memory itself. Not to be used after the disposal.</summary>
    public readonly ReadOnlySpan<byte> Bytes { get; }

    /// <summary>
    /// Whether it still is the guest's memory. Otherwise the client has truncated it, or has unmapped it and waited in vain: what is read
    /// since then is zero or stale.
    /// </summary>
    public readonly bool IsValid => _mapping is { IsBroken: false, IsRevoked: false };

    /// <summary>Returns the memory.</summary>
    public void Dispose()
    {
        if (_mapping is not { } mapping)
            return;
        _mapping = null;
        mapping.ReturnSpan();
    }
}
