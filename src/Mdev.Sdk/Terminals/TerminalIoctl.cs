namespace Mdev.Sdk.Terminals;

/// <summary>The ioctls of a serial port. Source: Linux asm-generic/ioctls.h; ioctl_tty(2).</summary>
internal enum TerminalIoctl : uint
{
    TCGETS = 0x5401,
    TCSETS = 0x5402,
    TCSETSW = 0x5403,
    TCSETSF = 0x5404,
    TCSBRK = 0x5409,
    TCXONC = 0x540a,
    TCFLSH = 0x540b,
    TIOCEXCL = 0x540c,
    TIOCNXCL = 0x540d,
    TIOCOUTQ = 0x5411,
    TIOCGWINSZ = 0x5413,
    TIOCSWINSZ = 0x5414,
    TIOCMGET = 0x5415,
    TIOCMBIS = 0x5416,
    TIOCMBIC = 0x5417,
    TIOCMSET = 0x5418,
    TIOCINQ = 0x541b,
    TCSBRKP = 0x5425,
    TIOCSBRK = 0x5427,
    TIOCCBRK = 0x5428,
    TCGETS2 = 0x802c542a,
    TCSETS2 = 0x402c542b,
    TCSETSW2 = 0x402c542c,
    TCSETSF2 = 0x402c542d,
}
