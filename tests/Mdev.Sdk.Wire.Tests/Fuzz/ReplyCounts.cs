using System.Buffers.Binary;
using System.Globalization;

namespace Mdev.Sdk.Wire.Tests.Fuzz;

/// <summary>How often each command was carried out and how often refused: what a run has reached.</summary>
internal sealed class ReplyCounts
{
    private readonly SortedDictionary<ushort, (long Done, long Refused)> _counts = [];

    /// <summary>A reply came.</summary>
    public void Add(ReadOnlySpan<byte> reply)
    {
        ushort command = BinaryPrimitives.ReadUInt16LittleEndian(reply[2..]);
        (long done, long refused) = _counts.GetValueOrDefault(command);
        _counts[command] = (reply[8] & 0x20) == 0 ? (done + 1, refused) : (done, refused + 1);
    }

    /// <summary>How often a command was carried out, and how often refused.</summary>
    public (long Done, long Refused) this[ushort command] => _counts.GetValueOrDefault(command);

    public override string ToString() => string.Join(", ", _counts
        .Where(count => count.Key < 20)
        .Select(count => string.Create(CultureInfo.InvariantCulture, $"{count.Key}: {count.Value.Done}/{count.Value.Refused}")));
}
