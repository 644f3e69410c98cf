using Mdev.Sdk.Device;
using Mdev.Sdk.Registers;

namespace Mdev.Sdk.Tests.Device;

public sealed class CompositeRegionTests
{
    private readonly Bytes _low = new(4), _high = new(8);
    private readonly CompositeRegion _whole;

    public CompositeRegionTests() => _whole = new CompositeRegion(32, [new(16, _high), new(4, _low)]);

    [Fact]
    public void An_access_over_borders_becomes_one_for_each_part_and_gaps_read_zero()
    {
        _whole.Write(0, [.. Enumerable.Range(1, 32).Select(i => (byte)i)]);
        Assert.Equal([5, 6, 7, 8], _low.Values);
        Assert.Equal([17, 18, 19, 20, 21, 22, 23, 24], _high.Values);

        var read = new byte[20];
        Array.Fill(read, (byte)0xaa);
        _whole.Read(2, read);
        Assert.Equal([0, 0, 5, 6, 7, 8, 0, 0, 0, 0, 0, 0, 0, 0, 17, 18, 19, 20, 21, 22], read);
    }

    [Fact]
    public void Every_byte_at_every_width_meets_the_part_it_lies_in()
    {
        for (int offset = 0; offset < 32; offset++)
        {
            for (int length = 1; length <= Math.Min(8, 32 - offset); length++)
            {
                var written = new byte[length];
                Array.Fill(written, (byte)(offset + length));
                _whole.Poke((ulong)offset, written);
                var seen = new byte[length];
                _whole.Peek((ulong)offset, seen);
                Assert.Equal(written.Select((b, i) => offset + i is (>= 4 and < 8) or (>= 16 and < 24) ? b : (byte)0), seen);
            }
        }
    }

    [Fact]
    public void Reset_and_the_end_reach_every_part()
    {
        _whole.Reset(ResetKind.Cold);
        _whole.End();
        Assert.Equal((1, 1), (_low.Resets, _low.Ends));
        Assert.Equal((1, 1), (_high.Resets, _high.Ends));
    }

    private sealed class Bytes(int size) : Region((ulong)size)
    {
        public byte[] Values { get; } = new byte[size];
        public int Resets { get; private set; }
        public int Ends { get; private set; }

        public override void Read(ulong offset, Span<byte> destination) => Values.AsSpan((int)offset, destination.Length).CopyTo(destination);

        public override void Write(ulong offset, ReadOnlySpan<byte> source) => source.CopyTo(Values.AsSpan((int)offset));

        public override void Reset(ResetKind kind) => Resets++;

        public override void End() => Ends++;
    }
}
