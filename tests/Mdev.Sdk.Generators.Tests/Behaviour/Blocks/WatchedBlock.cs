using Mdev.Sdk.Registers;

namespace Mdev.Sdk.Generators.Tests.Behaviour.Blocks;

/// <summary>Registers with bits that a guest has no business with.</summary>
[RegisterBlock(0x40)]
public sealed partial class WatchedBlock
{
    public bool Open { get; set; } = true;

    [Register(0x00, Reset = 0xf003)] public partial WatchedFields Fields { get; set; }
    [Register(0x04, Reset = 0xa0), Reserved(7, 4), Reserved(31)] public partial uint Plain { get; set; }
    [Register(0x08, Access = Access.RW | Access.RC), Reserved(7, 0)] public partial uint Events { get; set; }
    [Register(0x0c), Unimplemented("No timer")] public partial uint Timer { get; set; }
    [Register(0x10, WritableWhen = nameof(Open)), Reserved(0)] public partial uint Gated { get; set; }
    [Register(0x14, Reset = 0x0f), Reserved(3, 0), Alias(0x18, Access = Access.W1C, Name = "Clear")] public partial uint Status { get; set; }
    [Register(0x20, Split = Split.Both), Reserved(63, 32)] public partial ulong Wide { get; set; }
    [RegisterArray(0x28, 2), Reserved(15)] public partial RegisterArray<ushort> Table { get; }
    [Register(0x2c, Access = Access.R | Access.W0C, Reset = 0xff), Unimplemented("No such")] public partial byte ByZeros { get; set; }
    [Block(0x30)] public WatchedPart Part { get; } = new();
    [Block(0x34, Count = 3, Stride = 4)] public WatchedPart?[] Parts { get; } = [new(), null, new()];
}
