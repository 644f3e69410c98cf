using Mdev.Sdk.Registers;

namespace Mdev.Sdk.Generators.Tests.Behaviour.Blocks;

/// <summary>Drops writes that touch only a part of a register.</summary>
[RegisterBlock(0x40, Partial = PartialAccess.Ignore)]
public sealed partial class DeafBlock
{
    public int Runs { get; private set; }

    [Register(0x00)] public partial uint Wide { get; set; }
    [Register(0x04)] public partial ushort Half { get; set; }
    [Register(0x06)] public partial byte First { get; set; }
    [Register(0x08, Split = Split.CommitWrite)] public partial ulong Base { get; set; }
    [RegisterArray(0x10, 2)] public partial RegisterArray<uint> Table { get; }
    [OnWrite(0x1c)] private void Run(uint value) => Runs += (int)value;
}
