namespace Mdev.Sdk.Migration;

/// <summary>A saved state on its way to the client, piece by piece.</summary>
/// <param name="bytes">All of it.</param>
internal sealed class OutgoingState(ReadOnlyMemory<byte> bytes)
{
    private int _taken;

    /// <summary>Bytes that have not been taken.</summary>
    public int Left => bytes.Length - _taken;

    /// <summary>Takes the next bytes.</summary>
    /// <param name="destination">Receives as many as there are and it has room for.</param>
    /// <returns>How many; fewer than it has room for at the end.</returns>
    public int Take(Span<byte> destination)
    {
        int count = Math.Min(destination.Length, Left);
        bytes.Span.Slice(_taken, count).CopyTo(destination);
        _taken += count;
        return count;
    }
}
