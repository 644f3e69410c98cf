namespace Mdev.Tree.Tests.Parents;

/// <summary>Something with attributes whose order matters: a lamp is bright only if it has current.</summary>
[PciDevice(0x1234, 0x1a39, Class = 0xff_00_00)]
public sealed partial class Lamp : PciDevice
{
    [MdevAttribute] private int Brightness
    {
        get;
        set => field = value is < 0 or > 100 ? throw new ArgumentOutOfRangeException(nameof(value))
            : value > 0 && Current == 0 ? throw new MdevException(Errno.ENODEV, "A lamp without current is dark.")
            : value;
    }

    // mdevctl takes no name with a group's on its command line, but does so in files.
    [MdevAttribute("supply/current")] private int Supply { get => Current; set => Current = value; }

    [MdevAttribute] private int Current { get; set; }

    [MdevAttribute] private string Note { get; set; } = "";

    [MdevAttribute] private string Colour => Brightness == 0 ? "black" : "white";

    [MdevAttribute] private void Blink(int times) => Blinked += times;

    [MdevAttribute] private int Blinked { get; set; }
}
