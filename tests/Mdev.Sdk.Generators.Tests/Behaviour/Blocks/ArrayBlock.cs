using Mdev.Sdk.Registers;

namespace Mdev.Sdk.Generators.Tests.Behaviour.Blocks;

/// <summary>What arrays can be: named, aliased, banked, packed with others, behind an index.</summary>
[RegisterBlock(0x300)]
public sealed partial class ArrayBlock
{
    public List<string> Log { get; } = [];

    public byte Page { get; set; }
    public bool Open { get; set; }

    [RegisterArray(0x00, 5, Resets = [0xb0c5, 640, 480, 0, 7]), IndexData(nameof(Index), 0x6a)]
    public partial RegisterArray<Vbe, ushort> V { get; }

    [RegisterArray(0x10, 4, Reset = 0xf0), Alias(0x20, Access = Access.W1S, Name = "Set"), Alias(0x30, Access = Access.W1C, Stride = 8)]
    public partial RegisterArray<uint> Pins { get; }

    [Register(0x68)] public partial ushort Index { get; set; }

    [RegisterArray(0x70, 4, When = nameof(Page), Is = 1)] public partial RegisterArray<uint> First { get; }
    [RegisterArray(0x70, 8, When = nameof(Page), Is = 2)] public partial RegisterArray<ushort> Second { get; }

    [RegisterArray(0x81, 4, Stride = 2)] public partial RegisterArray<byte> Odd { get; }
    [RegisterArray(0x80, 3, Stride = 2)] public partial RegisterArray<byte> Even { get; }
    [Register(0x86)] public partial byte Last { get; set; }
    [RegisterArray(0x90, 6, Stride = 3)] public partial RegisterArray<byte> Thirds { get; }

    [Register(0xa0, Mask = 0x07, Reset = 6)] public partial byte Color { get; set; }
    [RegisterArray(Count = 8, Access = Access.RW | Access.RC, WritableWhen = nameof(Open), ResetOn = ResetOn.Cold), IndexData(nameof(Color), 0xa1, AutoIncrement = true)]
    public partial RegisterArray<byte> Palette { get; }

    [RegisterArray(Count = 4), IndexData(nameof(Color), 0xa2, Access = Access.RO), IndexData(nameof(Last), 0xa2, Access = Access.WO)]
    public partial RegisterArray<byte> TwoIndexes { get; }

    [RegisterArray(Count = 2, Access = Access.RW | Access.Once), IndexData(nameof(Color), 0xa3)] public partial RegisterArray<byte> Locked { get; }

    [Register(0xb0)] public partial uint Select { get; set; }
    [Block(Count = 3, Stride = 8), IndexData(nameof(Select), 0xb4, AutoIncrement = true), IndexData(nameof(Select), 0xb8, Scale = 1)]
    public PairBlock[] Pairs { get; } = [new(), new()];

    [Block(0xc0, When = nameof(Open))] public PairBlock Hidden { get; } = new();
    [RegisterArray(0xc0, 2, Unless = nameof(Open))] public partial RegisterArray<uint> Shown { get; }

    [OnWrite(nameof(V))] private void Written(Vbe index, ushort old, ushort value) => Log.Add($"{index} {old:x} {value:x}");
    [OnWrite(nameof(Pins))] private void PinsWritten(int index, uint value) => Log.Add($"pin {index} {value:x}");
}
