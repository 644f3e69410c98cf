using System.Buffers;

namespace Mdev.Sdk.Migration;

/// <summary>A saved state on its way from the client, piece by piece: memory grows with what has come, and not without end.</summary>
/// <param name="most">Bytes that a state of this device can have.</param>
internal sealed class IncomingState(long most)
{
    private readonly ArrayBufferWriter<byte> _bytes = new();

    /// <summary>What has come.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes.WrittenSpan;

    /// <summary>Adds what comes next.</summary>
    /// <returns>Whether there was room; otherwise it is as it was.</returns>
    public bool TryAdd(ReadOnlySpan<byte> more)
    {
        if (more.Length > most - _bytes.WrittenCount)
            return false;
        _bytes.Write(more);
        return true;
    }
}
