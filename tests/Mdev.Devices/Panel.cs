using Mdev.Sdk.Display;

namespace Mdev.Devices;

/// <summary>Offers panels.</summary>
[MdevParent("panel", Capacity = 4)]
public sealed partial class PanelParent : MdevParent<Panel, int>
{
    [MdevType("1", "Panel that is drawn by registers")] public static int Only => 0;
}

/// <summary>
/// A small screen on a slow bus: its memory is its own, a guest draws by registers, and it tells of each pixel that changes. What viewers
/// do on it, a guest reads from it.
/// </summary>
[PciDevice(0x1234, 0x9a7e, Class = 0x03_80_00)]
public sealed partial class Panel : PciDevice, IDisplay
{
    [Bar(0, BarKind.Memory32)] public PanelRegisters Registers { get; } = new();

    Scanout IDisplay.Scanout => Registers.Scanout;

    ScreenHints IDisplay.Hints => Registers.Hints;

    void IDisplay.OnKey(uint keysym, bool isDown) => Registers.TakeKey(keysym, isDown);

    void IDisplay.OnPointer(int x, int y, PointerButtons buttons) => Registers.TakePointer(x, y, buttons);
}
