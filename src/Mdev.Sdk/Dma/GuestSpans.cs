namespace Mdev.Sdk.Dma;

/// <summary>
/// A scatter-gather list of guest memory to be written, or read and written, where it lies, piece by piece: each is contiguous
/// here. Made by <see cref="GuestMemory.TryMap(ReadOnlySpan{DmaSegment}, ulong, DmaAccess, out GuestSpans)"/>; until it is disposed, unmapping
/// waits. Dispose it in one place, soon.
/// </summary>
/// <remarks>The default value is a list of nothing. Up to eight pieces allocate nothing; the room for more is taken from a pool.</remarks>
public ref struct GuestSpans : IDisposable
{
    private LeasedPieces _pieces;

    internal GuestSpans(LeasedPieces pieces)
    {
        _pieces = pieces;
        _pieces.MarkDirty();
    }

    /// <summary>Pieces: at least one for each segment that is not empty, and more where a segment lies in several mappings.</summary>
    public readonly int Count => _pieces.Count;

    /// <summary>Bytes of all pieces.</summary>
    public readonly ulong Length => _pieces.Length;

    /// <summary>Whether all of it still is the guest's memory, as <see cref="GuestSpan.IsValid"/>.</summary>
    public readonly bool IsValid => _pieces.AreValid;

    /// <summary>A piece, in the order of the segments. Not to be used after the disposal.</summary>
    public readonly Span<byte> this[int index] => _pieces[index].Bytes;

    /// <summary>Goes through the pieces: <c>foreach (Span&lt;byte&gt; piece in list)</c>.</summary>
    public readonly Enumerator GetEnumerator() => new(_pieces);

    /// <summary>Returns the memory, and notes that it has been written.</summary>
    public void Dispose()
    {
        _pieces.MarkDirty();
        _pieces.Return();
    }

    /// <summary>Goes through the pieces.</summary>
    public ref struct Enumerator
    {
        private readonly LeasedPieces _pieces;
        private int _index = -1;

        internal Enumerator(LeasedPieces pieces) => _pieces = pieces;

        /// <summary>The piece.</summary>
        public readonly Span<byte> Current => _pieces[_index].Bytes;

        /// <summary>Goes to the next one.</summary>
        public bool MoveNext() => ++_index < _pieces.Count;
    }
}
