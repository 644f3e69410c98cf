using Mdev.Sdk;
using Mdev.Sdk.Registers;

namespace Mdev.Bench.Blocks;

/// <summary>1,000 registers of 32 bits: 16 of a controller's page, and three arrays of 328, two of them interleaved.</summary>
[RegisterBlock(0x2000)]
public sealed partial class WideBlock
{
    [Register(0x00)] public partial uint Control0 { get; set; }
    [Register(0x04)] public partial uint Control1 { get; set; }
    [Register(0x08)] public partial uint Control2 { get; set; }
    [Register(0x0c)] public partial uint Control3 { get; set; }
    [Register(0x10)] public partial uint Control4 { get; set; }
    [Register(0x14)] public partial uint Control5 { get; set; }
    [Register(0x18)] public partial uint Control6 { get; set; }
    [Register(0x1c)] public partial uint Control7 { get; set; }
    [Register(0x20)] public partial uint Control8 { get; set; }
    [Register(0x24)] public partial uint Control9 { get; set; }
    [Register(0x28)] public partial uint Control10 { get; set; }
    [Register(0x2c)] public partial uint Control11 { get; set; }
    [Register(0x30)] public partial uint Control12 { get; set; }
    [Register(0x34)] public partial uint Control13 { get; set; }
    [Register(0x38)] public partial uint Control14 { get; set; }
    [Register(0x3c)] public partial uint Control15 { get; set; }

    [RegisterArray(0x400, 328, Stride = 8)] public partial RegisterArray<uint> Source { get; }
    [RegisterArray(0x404, 328, Stride = 8)] public partial RegisterArray<uint> Destination { get; }
    [RegisterArray(0x1000, 328, Mask = 0x00ff_ffff)] public partial RegisterArray<uint> Length { get; }
}
