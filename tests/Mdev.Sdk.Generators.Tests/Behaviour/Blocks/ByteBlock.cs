using Mdev.Sdk.Registers;

namespace Mdev.Sdk.Generators.Tests.Behaviour.Blocks;

/// <summary>A UART's kind of map: bytes, and a bank that a bit of one of them selects.</summary>
[RegisterBlock(12, Bus = AccessWidth.Byte)]
public sealed partial class ByteBlock
{
    private bool Bank => (Select & 0x80) != 0;

    [Register(0, When = nameof(Bank))] public partial byte Low { get; set; }
    [Register(0, Unless = nameof(Bank), Reset = 0x55)] public partial byte Data { get; set; }
    [Register(1, Unless = nameof(Bank), Mask = 0x0f)] public partial byte Enable { get; set; }
    [Register(3)] public partial byte Select { get; set; }
    [Register(4, Mask = 0xa5, Reset = 0xff)] public partial byte Masked { get; set; }
    [Register(5, Mask = 0, Reset = 0x60)] public partial byte Fixed { get; set; }
    [Register(11)] public partial byte Last { get; set; }
}
