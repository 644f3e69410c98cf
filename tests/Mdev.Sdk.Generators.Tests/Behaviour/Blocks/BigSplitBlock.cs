using Mdev.Sdk.Registers;

namespace Mdev.Sdk.Generators.Tests.Behaviour.Blocks;

/// <summary>As on the bus of a byte, of a processor that has the highest byte first.</summary>
[RegisterBlock(0x10, Bus = AccessWidth.Byte, ByteOrder = ByteOrder.BigEndian)]
public sealed partial class BigSplitBlock
{
    [Register(0x00, Split = Split.Both)] public partial ushort Count { get; set; }
    [Register(0x04, Split = Split.Both, Reset = 0x1122_3344)] public partial uint Address { get; set; }
}
