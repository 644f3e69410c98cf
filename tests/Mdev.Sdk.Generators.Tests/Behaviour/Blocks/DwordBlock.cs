namespace Mdev.Sdk.Generators.Tests.Behaviour.Blocks;

/// <summary>All widths below the bus, gaps between them, banks of different shape over the same bytes.</summary>
[RegisterBlock(0x40)]
public sealed partial class DwordBlock
{
    private bool Bank() => Select % 2 == 1;

    [Register(0x00, Mask = 0xffff_031f, Reset = 0x8000_0001)] public partial Control Control { get; set; }
    [Register(0x04)] public partial uint Whole { get; set; }
    [Register(0x08)] public partial ushort Half { get; set; }
    [Register(0x0a)] public partial byte Third { get; set; }
    [Register(0x0b, Mask = 0x18)] public partial byte Fourth { get; set; }
    [Register(0x12, Mask = 0x1ff0)] public partial ushort Upper { get; set; }
    [Register(0x15)] public partial byte Lonely { get; set; }
    [Register(0x18)] public partial byte Select { get; set; }
    [Register(0x20, When = nameof(Bank), Reset = 0x0102_0304)] public partial uint BankWhole { get; set; }
    [Register(0x20, Unless = nameof(Bank))] public partial ushort BankLow { get; set; }
    [Register(0x23, Unless = nameof(Bank))] public partial byte BankHigh { get; set; }
    [Register(0x3c)] public partial Causes Pending { get; set; }
}
