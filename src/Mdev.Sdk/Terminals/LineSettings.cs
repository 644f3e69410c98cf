using System.Runtime.InteropServices;

namespace Mdev.Sdk.Terminals;

/// <summary>
/// A serial port's settings as tcgetattr(3) shows them. There is no line discipline: bytes pass as they are, so what would
/// change them is never shown as set. Source: Linux asm-generic/termbits.h, struct termios.
/// </summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct LineSettings
{
    private const uint CSIZE = 0x30, CS8 = 0x30, CSTOPB = 0x40, CREAD = 0x80, PARENB = 0x100, PARODD = 0x200, HUPCL = 0x400, CLOCAL = 0x800;
    private const uint CBAUD = 0x100f, B115200 = 0x1002, CIBAUD = 0x100f0000, CMSPAR = 0x40000000, CRTSCTS = 0x80000000;
    private const int VTIME = 5, VMIN = 6, ControlCharacters = 19;

    private uint _input, _output, _control, _local;
    private byte _line;
    private fixed byte _characters[ControlCharacters];

    /// <summary>A raw line of 115200 baud, 8 bits, no parity.</summary>
    public static LineSettings Raw
    {
        get
        {
            var settings = new LineSettings { _control = B115200 | CS8 | CREAD | CLOCAL };
            settings._characters[VMIN] = 1;
            return settings;
        }
    }

    /// <summary>Whether a read that finds nothing returns at once, with nothing. Source: termios(3), "noncanonical mode".</summary>
    public readonly bool ReadsNothing => _characters[VMIN] == 0 && _characters[VTIME] == 0;

    /// <summary>What of these takes effect.</summary>
    public readonly LineSettings InEffect
    {
        get
        {
            LineSettings settings = this;
            settings._input = settings._output = settings._local = 0;
            settings._line = 0;
            settings._control &= CSIZE | CSTOPB | CREAD | PARENB | PARODD | HUPCL | CLOCAL | CBAUD | CIBAUD | CMSPAR | CRTSCTS;
            return settings;
        }
    }
}
