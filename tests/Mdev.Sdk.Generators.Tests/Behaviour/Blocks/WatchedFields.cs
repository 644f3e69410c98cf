using Mdev.Sdk.Registers;

namespace Mdev.Sdk.Generators.Tests.Behaviour.Blocks;

[BitFields(AccessWidth.Word), Reserved(15, 12), Reserved(11, 8, Value = 0b0101), Unimplemented(7, "No second clock")]
public partial struct WatchedFields
{
    [Bits(3, 0)] public partial int Mode { readonly get; set; }
    [Bits(4), Unimplemented("No loopback")] public partial bool Loopback { readonly get; set; }
    [Bits(6, 5, Access = Access.RW1C), Unimplemented("No events")] public partial int Events { readonly get; set; }
}
