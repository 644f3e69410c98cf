using Mdev.Sdk.Registers;

namespace Mdev.Sdk.Tests.Device;

/// <summary>What a region makes of writes that its block calls unexpected.</summary>
public sealed class UnexpectedWriteTests
{
    [Fact]
    public void Each_is_counted_and_logged_once_by_register_and_bits()
    {
        var block = new WatchingBlock();
        using var device = new ScratchDevice(block);
        device.Write(0, 2, 1, 1);
        device.Write(0, 2, 1);
        device.Write(0, 3, 1);
        Assert.Equal(4, device.Counters.Unexpected);
        Assert.Equal(0, device.Counters.Unclaimed);
        Assert.Equal(2, device.Log.Lines.Count);
        Assert.Contains("bits 7:4 of Watching.R2 (region 0 offset 0x2), which are reserved, with 0x10 wrong", device.Log.Lines[0], StringComparison.Ordinal);
        Assert.Contains("bit 3 of Watching.R3 (region 0 offset 0x3), which are not implemented: No loopback", device.Log.Lines[1], StringComparison.Ordinal);
    }

    [Fact]
    public void A_guest_cannot_fill_the_log()
    {
        var block = new WatchingBlock { Bits = 1 };
        using var device = new ScratchDevice(block);
        for (int i = 0; i < 1000; i++)
        {
            block.Bits++;
            device.Write(0, 2, 1);
        }
        Assert.Equal(1000, device.Counters.Unexpected);
        Assert.Equal(256, device.Log.Lines.Count);
    }

    private sealed class WatchingBlock : IRegisterBlock
    {
        private IRegisterWatch? _watch;

        public ulong Bits { get; set; } = 0xf0;

        public RegisterBlockInfo Info { get; } = new("Watching", 8) { Bus = AccessWidth.Byte };

        public bool TryReadLane(uint offset, ulong enabled, out ulong value)
        {
            value = 0;
            return true;
        }

        public bool TryWriteLane(uint offset, ulong value, ulong enabled)
        {
            if (offset == 2)
                _watch!.OnUnexpectedWrite(new(offset, Bits, 0x10, null));
            else
                _watch!.OnUnexpectedWrite(new(offset, 0x08, 0x08, "No loopback"));
            return true;
        }

        public string? NameAt(uint offset, bool write) => $"R{offset}";

        public void Watch(IRegisterWatch watch, uint origin) => _watch = watch;

        public void Reset(ResetKind kind)
        {
        }
    }
}
