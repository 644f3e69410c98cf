namespace Mdev.Sdk.Terminals;

/// <summary>Bytes in the order in which they came, up to a number.</summary>
/// <param name="capacity">How many.</param>
internal sealed class ByteRing(int capacity)
{
    private readonly byte[] _bytes = new byte[capacity];
    private int _first;

    /// <summary>How many there are.</summary>
    public int Count { get; private set; }

    /// <summary>Adds one at the end, if there is room.</summary>
    public bool TryAdd(byte value)
    {
        if (Count == _bytes.Length)
            return false;
        _bytes[(_first + Count) % _bytes.Length] = value;
        Count++;
        return true;
    }

    /// <summary>Takes as many from the front as there are and fit.</summary>
    /// <returns>How many.</returns>
    public int Take(Span<byte> destination)
    {
        int count = Math.Min(Count, destination.Length), untilEnd = Math.Min(count, _bytes.Length - _first);
        _bytes.AsSpan(_first, untilEnd).CopyTo(destination);
        _bytes.AsSpan(0, count - untilEnd).CopyTo(destination[untilEnd..]);
        _first = (_first + count) % _bytes.Length;
        Count -= count;
        return count;
    }

    public void Clear() => (_first, Count) = (0, 0);
}
