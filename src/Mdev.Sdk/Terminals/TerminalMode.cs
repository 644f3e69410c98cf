using Mdev.Sdk.Interop;
using Microsoft.Win32.SafeHandles;

namespace Mdev.Sdk.Terminals;

/// <summary>A terminal's mode while this object lives. A descriptor that is no terminal is left alone. Source: termios(3).</summary>
internal sealed unsafe class TerminalMode : IDisposable
{
    // struct termios begins with four 32-bit flag words, local flags last; no architecture's is larger than this.
    private const int Size = 128;
    private const int LocalFlags = 3;
    private const uint ICANON = 2;
    private const uint ECHO = 8;

    private readonly SafeFileHandle _terminal;
    private readonly byte[] _before = new byte[Size];
    private readonly bool _restore;

    private TerminalMode(SafeFileHandle terminal, bool raw, bool restore)
    {
        _terminal = terminal;
        int descriptor = (int)terminal.DangerousGetHandle();
        byte* mode = stackalloc byte[Size];
        if (Libc.tcgetattr(descriptor, mode) != 0)
            return;

        new Span<byte>(mode, Size).CopyTo(_before);
        _restore = restore;
        if (raw)
            Libc.cfmakeraw(mode);
        else
            ((uint*)mode)[LocalFlags] &= ~(ICANON | ECHO);
        _ = Libc.tcsetattr(descriptor, Libc.TCSANOW, mode);
    }

    /// <summary>Bytes pass as they are, and stay so.</summary>
    public static TerminalMode MakeRaw(SafeFileHandle terminal) => new(terminal, raw: true, restore: false);

    /// <summary>Bytes are there as they are typed, without echo, until this object is disposed.</summary>
    public static TerminalMode MakeUnbuffered(SafeFileHandle terminal) => new(terminal, raw: false, restore: true);

    public void Dispose()
    {
        if (!_restore)
            return;
        fixed (byte* mode = _before)
            _ = Libc.tcsetattr((int)_terminal.DangerousGetHandle(), Libc.TCSANOW, mode);
    }
}
