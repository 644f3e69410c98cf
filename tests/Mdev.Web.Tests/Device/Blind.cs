namespace Mdev.Web.Tests.Device;

/// <summary>A device that has no screen.</summary>
[PciDevice(0x1234, 0x5c4f, Class = 0xff_00_00)]
public sealed partial class Blind : PciDevice
{
    [Bar(0, BarKind.Memory32)] public PanelRegisters Registers { get; } = new();
}
