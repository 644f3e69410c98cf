using Mdev.Sdk.Registers;

namespace Mdev.Sdk.Generators.Tests.Behaviour.Blocks;

/// <summary>What a block remembers beside plain registers: arrays with other addresses, halves of accesses, blocks behind windows.</summary>
[RegisterBlock(0x100)]
public sealed partial class StatefulBlock
{
    [Saved] public int Commands { get; private set; }

    [Register(0x00)] public partial ushort Index { get; set; }
    [RegisterArray(0x10, 5, Resets = [0xb0c5, 640, 480, 0, 7]), IndexData(nameof(Index), 0x04)]
    public partial RegisterArray<Vbe, ushort> V { get; }

    [RegisterArray(0x20, 4, Reset = 0xf0), Alias(0x30, Access = Access.W1S, Name = "Set"), Alias(0x40, Access = Access.W1C, Name = "Clear")]
    public partial RegisterArray<uint> Pins { get; }

    // Written once through its second address, and through its window.
    [RegisterArray(0x50, 2), Alias(0x58, Access = Access.RW | Access.Once, Name = "Once")] public partial RegisterArray<uint> Fuses { get; }
    [RegisterArray(Count = 3), IndexData(nameof(Index), 0x60, Access = Access.RW | Access.Once)] public partial RegisterArray<byte> Keys { get; }

    [Register(0x70, Split = Split.Both)] public partial ulong Command { get; set; }
    [Register(0x78, Split = Split.LatchRead, Access = Access.RO | Access.RC)] public partial ulong Events { get; set; }
    [OnWrite(0x80, Split = Split.CommitWrite, Name = "Bell")] private void Ring(ulong value) => Commands += (int)(value >> 32);

    [Register(0x88)] public partial uint Select { get; set; }
    [Block(Count = 2, Stride = 8), IndexData(nameof(Select), 0x8c)] public PairBlock[] Pairs { get; } = [new(), new()];

    [OnWrite(nameof(Command))] private void CommandWritten(ulong value) => Commands++;
}
