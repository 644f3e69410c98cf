namespace Mdev.Devices;

/// <summary>Offers one card of memory.</summary>
[MdevParent("shared")]
public sealed partial class SharedCardParent : MdevParent<SharedCard, int>
{
    [MdevType("1", "Card whose memory guests map")] public static int Only => 0;
}

/// <summary>A card that is mostly memory: all of BAR 2, and two pages of BAR 0 behind its registers, one of them doorbells.</summary>
[PciDevice(0x1234, 0x5ead, Class = 0xff_00_00)]
public sealed partial class SharedCard : PciDevice
{
    public SharedCard() => Registers = new SharedCardRegisters(this);

    [Bar(0, BarKind.Memory32)] public SharedCardRegisters Registers { get; }
    [Bar(0, BarKind.Memory32, Offset = 0x1000)] public MemoryRegion Ring { get; } = new(0x1000);
    [Bar(0, BarKind.Memory32, Offset = 0x2000)] public DoorbellArea Doorbells { get; } = new(count: 4, stride: 8);
    [Bar(2, BarKind.Memory64Prefetchable)] public MemoryRegion Video { get; } = new(1 << 20);
    [Region(9, Type = 1, Subtype = 1, ReadOnly = true)] public MemoryRegion Edid { get; } = new(0x1000) { ClearOnReset = false };
}

/// <summary>What tells a guest that the card has seen its memory, and seen nothing else of it.</summary>
[RegisterBlock(0x20)]
public sealed partial class SharedCardRegisters(SharedCard card)
{
    /// <summary>Fills the ring and the video memory with numbers that count up from the value.</summary>
    [OnWrite(0x00, Name = "Fill")]
    private void Fill(uint value)
    {
        for (int i = 0; i < 0x1000; i += 4)
            card.Ring.At<uint>(i) = value++;
        for (int i = 0; i < card.Video.Size; i += 4)
            card.Video.At<uint>(i) = value++;
    }

    /// <summary>The sum of the video memory's words.</summary>
    [OnRead(0x04, Name = "VideoSum")]
    private uint VideoSum()
    {
        uint sum = 0;
        for (int i = 0; i < card.Video.Size; i += 4)
            sum = unchecked(sum + card.Video.At<uint>(i));
        return sum;
    }

    [OnRead(0x08, Pure = true, Name = "RingHead")] private uint RingHead() => card.Ring.At<uint>(0);

    /// <summary>How often memory was accessed by a call.</summary>
    [OnRead(0x0c, Pure = true, Name = "Traps")]
    private uint Traps() => (uint)(card.Ring.Traps + card.Doorbells.Traps + card.Video.Traps);

    /// <summary>A doorbell that was rung since the last look: its number in the top byte; all ones if there is none.</summary>
    [OnRead(0x10, Name = "Rung")]
    private uint Rung() => card.Doorbells.TryTake(out int index, out ulong value) ? ((uint)index << 24) | (uint)value : uint.MaxValue;
}
