using Mdev.Sdk;
using Mdev.Sdk.Registers;

namespace Mdev.Bench.Blocks;

/// <summary>64 registers of 32 bits, as a controller's first page: an identity, a control, a status, a mask, and 60 plain ones.</summary>
[RegisterBlock(0x100, Bus = AccessWidth.Dword)]
public sealed partial class DwordBlock
{
    private uint _commands;

    [OnRead(0x00, Name = "Identity")] private static uint Identify() => 0x4d44_4556;

    [Register(0x04)] public partial uint Control { get; set; }
    [OnWrite(nameof(Control))] private void Controlled(uint value) => _commands += value;

    [OnRead(0x08, Name = "Status")] private uint ReportStatus() => _commands & 0xff;

    [Register(0x0c, Mask = 0x0000_ffff)] public partial uint InterruptMask { get; set; }

    [Register(0x10)] public partial uint Channel4 { get; set; }
    [Register(0x14)] public partial uint Channel5 { get; set; }
    [Register(0x18)] public partial uint Channel6 { get; set; }
    [Register(0x1c)] public partial uint Channel7 { get; set; }
    [Register(0x20)] public partial uint Channel8 { get; set; }
    [Register(0x24)] public partial uint Channel9 { get; set; }
    [Register(0x28)] public partial uint Channel10 { get; set; }
    [Register(0x2c)] public partial uint Channel11 { get; set; }
    [Register(0x30)] public partial uint Channel12 { get; set; }
    [Register(0x34)] public partial uint Channel13 { get; set; }
    [Register(0x38)] public partial uint Channel14 { get; set; }
    [Register(0x3c)] public partial uint Channel15 { get; set; }
    [Register(0x40)] public partial uint Channel16 { get; set; }
    [Register(0x44)] public partial uint Channel17 { get; set; }
    [Register(0x48)] public partial uint Channel18 { get; set; }
    [Register(0x4c)] public partial uint Channel19 { get; set; }
    [Register(0x50)] public partial uint Channel20 { get; set; }
    [Register(0x54)] public partial uint Channel21 { get; set; }
    [Register(0x58)] public partial uint Channel22 { get; set; }
    [Register(0x5c)] public partial uint Channel23 { get; set; }
    [Register(0x60)] public partial uint Channel24 { get; set; }
    [Register(0x64)] public partial uint Channel25 { get; set; }
    [Register(0x68)] public partial uint Channel26 { get; set; }
    [Register(0x6c)] public partial uint Channel27 { get; set; }
    [Register(0x70)] public partial uint Channel28 { get; set; }
    [Register(0x74)] public partial uint Channel29 { get; set; }
    [Register(0x78)] public partial uint Channel30 { get; set; }
    [Register(0x7c)] public partial uint Channel31 { get; set; }
    [Register(0x80)] public partial uint Channel32 { get; set; }
    [Register(0x84)] public partial uint Channel33 { get; set; }
    [Register(0x88)] public partial uint Channel34 { get; set; }
    [Register(0x8c)] public partial uint Channel35 { get; set; }
    [Register(0x90)] public partial uint Channel36 { get; set; }
    [Register(0x94)] public partial uint Channel37 { get; set; }
    [Register(0x98)] public partial uint Channel38 { get; set; }
    [Register(0x9c)] public partial uint Channel39 { get; set; }
    [Register(0xa0)] public partial uint Channel40 { get; set; }
    [Register(0xa4)] public partial uint Channel41 { get; set; }
    [Register(0xa8)] public partial uint Channel42 { get; set; }
    [Register(0xac)] public partial uint Channel43 { get; set; }
    [Register(0xb0)] public partial uint Channel44 { get; set; }
    [Register(0xb4)] public partial uint Channel45 { get; set; }
    [Register(0xb8)] public partial uint Channel46 { get; set; }
    [Register(0xbc)] public partial uint Channel47 { get; set; }
    [Register(0xc0)] public partial uint Channel48 { get; set; }
    [Register(0xc4)] public partial uint Channel49 { get; set; }
    [Register(0xc8)] public partial uint Channel50 { get; set; }
    [Register(0xcc)] public partial uint Channel51 { get; set; }
    [Register(0xd0)] public partial uint Channel52 { get; set; }
    [Register(0xd4)] public partial uint Channel53 { get; set; }
    [Register(0xd8)] public partial uint Channel54 { get; set; }
    [Register(0xdc)] public partial uint Channel55 { get; set; }
    [Register(0xe0)] public partial uint Channel56 { get; set; }
    [Register(0xe4)] public partial uint Channel57 { get; set; }
    [Register(0xe8)] public partial uint Channel58 { get; set; }
    [Register(0xec)] public partial uint Channel59 { get; set; }
    [Register(0xf0)] public partial uint Channel60 { get; set; }
    [Register(0xf4)] public partial uint Channel61 { get; set; }
    [Register(0xf8)] public partial uint Channel62 { get; set; }
    [Register(0xfc)] public partial uint Channel63 { get; set; }
}
