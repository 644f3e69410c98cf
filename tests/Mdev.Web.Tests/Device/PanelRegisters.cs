namespace Mdev.Web.Tests.Device;

[RegisterBlock(0x10)]
public sealed partial class PanelRegisters
{
    [Register(0x0)] public partial ushort Width { get; set; }
    [Register(0x2)] public partial ushort Height { get; set; }
    [Register(0x4)] public partial uint Offset { get; set; }
    [Register(0x8)] public partial uint Enable { get; set; }
}
