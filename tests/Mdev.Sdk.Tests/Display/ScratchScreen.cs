using Mdev.Sdk.Device;
using Mdev.Sdk.Display;
using Mdev.Sdk.Display.Screens;
using Mdev.Sdk.Pci;

namespace Mdev.Sdk.Tests.Display;

/// <summary>A device whose screen shows what a test says.</summary>
internal sealed class ScratchScreen : PciDevice, IDisplay
{
    private readonly ScreenHints? _hints;
    private int _asked;

    public ScratchScreen(ScreenHints? hints = null)
    {
        _hints = hints;
        Realize(Guid.NewGuid(), Log);
        Screen = new Screen(this, this);
        Screen.Begin();
        Shown = () => new(Memory, 0, 200, 100, 800);
    }

    public new MemoryRegion Memory { get; } = new(1 << 20);

    public ListLogger Log { get; } = new();

    public Screen Screen { get; }

    /// <summary>What it shows.</summary>
    public Func<Scanout> Shown { get; set; }

    /// <summary>How often it was asked.</summary>
    public int Asked => Volatile.Read(ref _asked);

    public List<string> Input { get; } = [];

    Scanout IDisplay.Scanout
    {
        get
        {
            Interlocked.Increment(ref _asked);
            return Shown();
        }
    }

    ScreenHints? IDisplay.Hints => _hints;

    /// <summary>Draws a pixel as a guest does that has mapped the memory.</summary>
    public void Draw(int x, int y, uint colour) => Memory.At<uint>(y * 800 + 4 * x) = colour;

    void IDisplay.OnKey(uint keysym, bool isDown)
    {
        if (keysym == 0)
            throw new InvalidOperationException("No such key.");
        Input.Add($"{keysym:x} {(isDown ? "down" : "up")}");
    }

    void IDisplay.OnPointer(int x, int y, PointerButtons buttons) => Input.Add($"{x},{y} {buttons}");

    protected override void Declare(PciDeclaration pci)
    {
        pci.Identity(new PciDeviceAttribute(0x1234, 0x5678));
        pci.Bar(0, BarKind.Memory32, Memory);
    }

    protected override void Dispose(bool disposing)
    {
        Screen.Dispose();
        base.Dispose(disposing);
    }
}
