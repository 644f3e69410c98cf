using Mdev.Sdk.Registers;

namespace Mdev.Sdk.Generators.Tests.Behaviour.Blocks;

[RegisterBlock(0x10, Bus = AccessWidth.Word)]
public sealed partial class WordBlock
{
    [Register(0x0, Reset = 0xb0c5)] public partial ushort Id { get; set; }
    [Register(0x2, Mask = 0x0ff0)] public partial Causes Pending { get; set; }
    [Register(0x4)] public partial byte Even { get; set; }
    [Register(0x7)] public partial byte Odd { get; set; }
    [Register(0xa)] public partial byte First { get; set; }
    [Register(0xb, Mask = 0x3c)] public partial byte Second { get; set; }
}
