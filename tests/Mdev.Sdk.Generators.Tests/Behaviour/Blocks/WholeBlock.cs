using Mdev.Sdk.Registers;

namespace Mdev.Sdk.Generators.Tests.Behaviour.Blocks;

/// <summary>Answers only accesses that are as wide as its registers.</summary>
[RegisterBlock(0x40, Partial = PartialAccess.Reject)]
public sealed partial class WholeBlock
{
    public int Runs { get; private set; }

    [Register(0x00, Access = Access.RW | Access.RC)] public partial uint Wide { get; set; }
    [Register(0x04)] public partial ushort Half { get; set; }
    [Register(0x06)] public partial byte First { get; set; }
    [Register(0x07)] public partial byte Second { get; set; }
    [Register(0x08, Split = Split.CommitWrite)] public partial ulong Base { get; set; }
    [RegisterArray(0x10, 2)] public partial RegisterArray<uint> Table { get; }
    [RegisterArray(0x18, 2)] public partial RegisterArray<ushort> Halves { get; }
    [OnWrite(0x1c)] private void Run(uint value) => Runs += (int)value;
}
