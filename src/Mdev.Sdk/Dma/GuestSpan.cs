namespace Mdev.Sdk.Dma;

/// <summary>
/// Guest memory to be written, or read and written, where it lies: no copy. Made by
/// <see cref="GuestMemory.TryMap(ulong, ulong, DmaAccess, out GuestSpan)"/> and <see cref="DmaHandle"/>; until it is disposed, unmapping
/// waits. Dispose it in one place, soon: <c>using (span) { … }</c>.
/// </summary>
/// <remarks>
/// The guest goes on using its memory: what is read twice may differ, so copy before checking. The default value is a span of nothing.
/// </remarks>
public ref struct GuestSpan : IDisposable
{
    private DmaMapping? _mapping;

    internal unsafe GuestSpan(DmaMapping mapping, ulong address, int length)
    {
        (_mapping, Address) = (mapping, address);
        Bytes = new Span<byte>(mapping.At(address), length);

        // Whoever asks what has been written while it is being written must hear of it; and once more when it is done.
        mapping.MarkDirty(address, (ulong)length);
    }

    /// <summary>Guest DMA address of the first byte.</summary>
    public readonly ulong Address { get; }

    /// <summary>The memory itself. Not to be used after the disposal.</summary>
    public readonly Span<byte> Bytes { get; }

    /// <summary>
    /// Whether it still is the guest's memory. Otherwise the client has truncated it, or has unmapped it and waited in vain: what is read
    /// since then is zero or stale, and what is written is lost.
    /// </summary>
    public readonly bool IsValid => _mapping is { IsBroken: false, IsRevoked: false };

    /// <summary>Returns the memory, and notes that it has been written.</summary>
    public void Dispose()
    {
        if (_mapping is not { } mapping)
            return;
        _mapping = null;
        mapping.MarkDirty(Address, (ulong)Bytes.Length);
        mapping.ReturnSpan();
    }
}
