using Mdev.Sdk.Registers;

namespace Mdev.Sdk.Generators.Tests.Behaviour.Blocks;

[RegisterBlock(0x28, Bus = AccessWidth.Qword)]
public sealed partial class QwordBlock
{
    [Register(0x00)] public partial ulong Address { get; set; }
    [Register(0x08, Mask = 0xff00_ffff_0000_fff0, Reset = 0xdead_beef_0000_0001)] public partial ulong Masked { get; set; }
    [Register(0x10)] public partial uint Low { get; set; }
    [Register(0x14, Mask = 0x8000_0001)] public partial uint High { get; set; }
    [Register(0x1a)] public partial ushort Inner { get; set; }
    [Register(0x1f)] public partial byte Top { get; set; }
}
