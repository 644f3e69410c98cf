using System.Buffers.Binary;
using Mdev.Sdk.Display;

namespace Mdev.Devices;

/// <summary>What a panel's driver sees. Pixels are RG16.</summary>
[RegisterBlock(0x40)]
public sealed partial class PanelRegisters
{
    public const uint Enabled = 1;
    private const int Longest = 2048;

    private byte[] _pixels = [];
    private int _width, _height;

    public ScreenHints Hints { get; } = new() { CoverPixels = true };

    public Scanout Scanout
    {
        get
        {
            if ((Control & Enabled) == 0)
                return Scanout.Off;
            return _pixels.Length == 0
                ? Scanout.Invalid($"a panel has no mode of {Width}x{Height}")
                : new Scanout(_pixels, _width, _height, PixelFormat.Rgb565);
        }
    }

    [Register(0x00)] public partial uint Control { get; set; }
    [Register(0x04)] public partial uint Width { get; set; }
    [Register(0x08)] public partial uint Height { get; set; }

    /// <summary>The rectangle that is drawn next: x and y, width and height, 16 bits each.</summary>
    [Register(0x0c)] public partial uint Place { get; set; }
    [Register(0x10)] public partial uint Size { get; set; }

    /// <summary>The key that a viewer pressed or let go last, and how often one did; bit 31 while it is down.</summary>
    [Register(0x20, Access = Access.RO)] public partial uint Key { get; set; }
    [Register(0x24, Access = Access.RO)] public partial uint Keys { get; set; }

    /// <summary>Where the pointer was last, x and y, its buttons, and how often it was told.</summary>
    [Register(0x28, Access = Access.RO)] public partial uint Pointer { get; set; }
    [Register(0x2c, Access = Access.RO)] public partial uint Buttons { get; set; }
    [Register(0x30, Access = Access.RO)] public partial uint Moves { get; set; }

    public void TakeKey(uint keysym, bool isDown) => (Key, Keys) = (keysym | (isDown ? 1u << 31 : 0), Keys + 1);

    public void TakePointer(int x, int y, PointerButtons buttons) =>
        (Pointer, Buttons, Moves) = ((uint)(x | y << 16), (uint)buttons, Moves + 1);

    /// <summary>Draws a rectangle that lies on the screen.</summary>
    public void Draw(int x, int y, int width, int height, Func<int, int, ushort> pixel)
    {
        for (int line = y; line < y + height; line++)
        {
            for (int column = x; column < x + width; column++)
                BinaryPrimitives.WriteUInt16LittleEndian(_pixels.AsSpan((line * _width + column) * 2), pixel(column, line));
        }
        Hints.Drawn(x, y, width, height);
    }

    // The mode is taken when the screen is switched on.
    [OnWrite(nameof(Control))]
    private void SetMode(uint value)
    {
        if ((value & Enabled) != 0)
        {
            bool isMode = Width is > 0 and <= Longest && Height is > 0 and <= Longest;
            (_width, _height) = isMode ? ((int)Width, (int)Height) : (0, 0);
            _pixels = new byte[_width * _height * 2];
        }
        Hints.ModeSet();
    }

    /// <summary>Fills the rectangle with a colour.</summary>
    [OnWrite(0x14, Name = "Fill")]
    private void Fill(uint colour)
    {
        (uint x, uint y, uint width, uint height) = (Place & 0xffff, Place >> 16, Size & 0xffff, Size >> 16);
        if (x + width <= _width && y + height <= _height)
            Draw((int)x, (int)y, (int)width, (int)height, (_, _) => (ushort)colour);
    }

    [OnReset] private void Clear() => (_pixels, _width, _height) = ([], 0, 0);
}
