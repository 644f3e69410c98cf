using Mdev.Sdk.Registers;

namespace Mdev.Sdk.Generators.Tests.Export;

/// <summary>Fields with bits that a guest has no business with.</summary>
[BitFields(AccessWidth.Word), Reserved(15, 12), Reserved(11, 8, Value = 0b0101), Unimplemented(7, "No second clock")]
public partial struct SoundFields
{
    /// <summary>What it plays.</summary>
    [Bits(3, 0)] public partial int Mode { readonly get; set; }
    [Bits(4), Unimplemented("No loopback")] public partial bool Loopback { readonly get; set; }
    [Bits(6, 5), Unimplemented("No events")] public partial int Events { readonly get; set; }
}
