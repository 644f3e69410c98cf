using System.Collections.Concurrent;

namespace Mdev.Web.Tests.Device;

/// <summary>A screen of any size up to 1024x768, with memory that its guest maps and a mode that is set by registers.</summary>
[PciDevice(0x1234, 0x5c4e, Class = 0x03_80_00)]
public sealed partial class Panel : PciDevice, IDisplay
{
    [Bar(0, BarKind.Memory32Prefetchable)] public MemoryRegion Vram { get; } = new(4 << 20);

    [Bar(2, BarKind.Memory32)] public PanelRegisters Registers { get; } = new();

    /// <summary>What a person has typed.</summary>
    internal ConcurrentQueue<(uint Keysym, bool IsDown)> Keys { get; } = [];

    /// <summary>Where the pointer has been.</summary>
    internal ConcurrentQueue<(int X, int Y, PointerButtons Buttons)> Pointer { get; } = [];

    Scanout IDisplay.Scanout
    {
        get
        {
            Looks++;
            return Registers.Enable == 0 ? Scanout.Off : new(Vram, Registers.Offset, Registers.Width, Registers.Height, 4L * Registers.Width);
        }
    }

    /// <summary>How often somebody has looked at the screen.</summary>
    internal volatile int Looks;

    void IDisplay.OnKey(uint keysym, bool isDown) => Keys.Enqueue((keysym, isDown));

    void IDisplay.OnPointer(int x, int y, PointerButtons buttons)
    {
        Pointer.Enqueue((x, y, buttons));
        if (buttons == (PointerButtons.Left | PointerButtons.Right))
            throw new NotSupportedException("This hurts.");
    }

    /// <summary>As a guest would: registers, then what it draws.</summary>
    internal void SetMode(int width, int height)
    {
        lock (Gate)
            (Registers.Width, Registers.Height, Registers.Offset, Registers.Enable) = ((ushort)width, (ushort)height, 0, 1);
    }
}
