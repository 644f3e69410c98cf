namespace Mdev.Sdk.Terminals;

// A serial port's ioctls, with the errors of the kernel's: ENOTTY for what it has not got.
internal sealed partial class CharTerminal
{
    private const int DataTerminalReady = 0x002, RequestToSend = 0x004; // TIOCM_DTR, TIOCM_RTS
    private const int OthersReady = 0x020 | 0x040 | 0x100; // TIOCM_CTS, TIOCM_CAR, TIOCM_DSR: the guest's end is always there

    private const uint Usual = 115200;

    private LineSettings _settings = LineSettings.Raw;
    private uint _inputSpeed = Usual, _outputSpeed = Usual;
    private int _ownLines = DataTerminalReady | RequestToSend;
    private ulong _windowSize;

    int ICharDevice.Ioctl(CharFile file, ref CharIoctl ioctl) => (TerminalIoctl)ioctl.Command switch
    {
        TerminalIoctl.TCGETS => Give(ref ioctl, _settings),
        TerminalIoctl.TCSETS or TerminalIoctl.TCSETSW => SetSettings(ref ioctl, flush: false),
        TerminalIoctl.TCSETSF => SetSettings(ref ioctl, flush: true),
        TerminalIoctl.TCGETS2 => Give(ref ioctl, new LineSettings2 { Settings = _settings, InputSpeed = _inputSpeed, OutputSpeed = _outputSpeed }),
        TerminalIoctl.TCSETS2 or TerminalIoctl.TCSETSW2 => SetSettings2(ref ioctl, flush: false),
        TerminalIoctl.TCSETSF2 => SetSettings2(ref ioctl, flush: true),
        TerminalIoctl.TCFLSH => Flush(ioctl.Argument),
        TerminalIoctl.TIOCINQ => Give(ref ioctl, _received.Count),

        // What is written is the device's at once.
        TerminalIoctl.TIOCOUTQ => Give(ref ioctl, 0),
        TerminalIoctl.TIOCGWINSZ => Give(ref ioctl, _windowSize),
        TerminalIoctl.TIOCSWINSZ => Take(ref ioctl, ref _windowSize),
        TerminalIoctl.TIOCMGET => Give(ref ioctl, _ownLines | OthersReady),
        TerminalIoctl.TIOCMSET or TerminalIoctl.TIOCMBIS or TerminalIoctl.TIOCMBIC => SetLines(ref ioctl),

        // Breaks and flow control reach nothing; exclusive use is not kept from anybody.
        TerminalIoctl.TCSBRK or TerminalIoctl.TCSBRKP or TerminalIoctl.TIOCSBRK or TerminalIoctl.TIOCCBRK or TerminalIoctl.TCXONC
            or TerminalIoctl.TIOCEXCL or TerminalIoctl.TIOCNXCL => 0,
        _ => -(int)Errno.ENOTTY,
    };

    private static int Give<T>(ref CharIoctl ioctl, T value) where T : unmanaged
    {
        if (ioctl.TryAccess(ioctl.Argument, CharIoctlAccess.Out, out Span<T> place))
            place[0] = value;
        return 0;
    }

    private static int Take<T>(ref CharIoctl ioctl, ref T value) where T : unmanaged
    {
        if (ioctl.TryAccess(ioctl.Argument, CharIoctlAccess.In, out Span<T> given))
            value = given[0];
        return 0;
    }

    private int SetSettings(ref CharIoctl ioctl, bool flush)
    {
        if (!ioctl.TryAccess(ioctl.Argument, CharIoctlAccess.In, out Span<LineSettings> given))
            return 0;
        _settings = given[0].InEffect;
        return flush ? Flush(0) : 0;
    }

    private int SetSettings2(ref CharIoctl ioctl, bool flush)
    {
        if (!ioctl.TryAccess(ioctl.Argument, CharIoctlAccess.In, out Span<LineSettings2> given))
            return 0;
        (_settings, _inputSpeed, _outputSpeed) = (given[0].Settings.InEffect, given[0].InputSpeed, given[0].OutputSpeed);
        return flush ? Flush(0) : 0;
    }

    // tcflush(3): 0 what was received, 1 what was written, 2 both.
    private int Flush(ulong queue)
    {
        if (queue > 2)
            return -(int)Errno.EINVAL;
        if (queue != 1)
        {
            _received.Clear();
            Drained();
        }
        return 0;
    }

    private int SetLines(ref CharIoctl ioctl)
    {
        const int Own = DataTerminalReady | RequestToSend;
        if (!ioctl.TryAccess(ioctl.Argument, CharIoctlAccess.In, out Span<int> given))
            return 0;
        int lines = given[0] & Own;
        _ownLines = (TerminalIoctl)ioctl.Command switch
        {
            TerminalIoctl.TIOCMBIS => _ownLines | lines,
            TerminalIoctl.TIOCMBIC => _ownLines & ~lines,
            _ => lines,
        };
        return 0;
    }
}
