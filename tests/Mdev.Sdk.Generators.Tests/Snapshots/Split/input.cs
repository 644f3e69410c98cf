namespace Split;

[BitFields(AccessWidth.Word), Reserved(15, 8), Reserved(7, 6, Value = 0b01)]
public partial struct Mode
{
    [Bits(5), Unimplemented("No loopback")] public partial bool Loopback { readonly get; set; }
    [Bits(4, 0)] public partial int Speed { readonly get; set; }
}

[RegisterBlock(0x20, Partial = PartialAccess.Reject)]
public sealed partial class Controller
{
    [Register(0x00, Split = global::Mdev.Sdk.Registers.Split.Both, Mask = 0xffff_ffff_ffff_f000)] public partial ulong Base { get; set; }
    [Register(0x08)] public partial Mode Mode { get; set; }
    [Register(0x0a), Unimplemented("No power management")] public partial ushort Power { get; set; }
    [OnRead(0x10, Pure = true, Split = global::Mdev.Sdk.Registers.Split.LatchRead)] private ulong Time(in GuestAccess access) => access.Offset;
    [OnWrite(nameof(Base))] private void BaseWritten(ulong value) => Power = (ushort)value;
}
