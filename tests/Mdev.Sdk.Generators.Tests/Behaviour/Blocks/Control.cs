using Mdev.Sdk.Registers;

namespace Mdev.Sdk.Generators.Tests.Behaviour.Blocks;

[BitFields(AccessWidth.Dword)]
public partial struct Control
{
    [Bits(31, 16)] public partial ushort Count { readonly get; set; }
    [Bits(9, 8)] public partial Mode Mode { readonly get; set; }
    [Bits(4, 1)] public partial int Level { readonly get; set; }
    [Bits(0)] public partial bool Run { readonly get; set; }
}
