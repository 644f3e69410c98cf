// With a mistake in it a block still gets all that the compiler would otherwise miss, and nothing that runs.
[RegisterBlock(8)]
public sealed partial class Overlapping
{
    [Register(0)] public partial uint One { get; set; }
    [Register(2)] public partial uint Other { get; set; }
    [Register(6)] public partial int Signed { get; }
}

[PciDevice(0x1234, 1)]
public sealed partial class Card : PciDevice
{
    [Bar(7, BarKind.Io)] public Overlapping Registers { get; } = new();
}

[MdevParent("a/b")]
public sealed partial class Parent : MdevParent<Card, string>;

[BitFields(AccessWidth.Byte)]
public partial struct Fields
{
    [Bits(9)] public partial bool Outside { readonly get; set; }
    [Bits(1, 2)] public partial int Reversed { readonly get; set; }
}
