namespace Mdev.Web.Tests.Device;

/// <summary>Screens, and something without one.</summary>
[MdevParent("panel", Capacity = 64)]
public sealed partial class PanelParent : MdevParent<PciDevice, bool>
{
    [MdevType("4m", "A panel of 4 MiB")] public static bool Panel => true;

    [MdevType("blind", "A card without a screen")] public static bool Blind => false;

    protected override PciDevice CreateDevice(bool config) => config ? new Panel() : new Blind();
}
