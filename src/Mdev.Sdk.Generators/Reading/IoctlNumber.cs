using System.Globalization;

namespace Mdev.Sdk.Generators.Reading;

/// <summary>The number of an ioctl, as its parts. Source: Linux asm-generic/ioctl.h.</summary>
internal readonly struct IoctlNumber(uint command)
{
    // Those that the kernel answers before a driver is asked, whatever the file. Source: Linux fs/ioctl.c, do_vfs_ioctl.
    private static readonly Dictionary<uint, string> s_kernels = new()
    {
        [0x5450] = "FIONCLEX", [0x5451] = "FIOCLEX", [0x5421] = "FIONBIO", [0x5452] = "FIOASYNC", [0x5460] = "FIOQSIZE",
        [0x0000_0002] = "FIGETBSZ", [0xc004_5877] = "FIFREEZE", [0xc004_5878] = "FITHAW", [0xc020_660b] = "FS_IOC_FIEMAP",
        [0x4004_9409] = "FICLONE", [0x4020_940d] = "FICLONERANGE", [0xc018_9436] = "FIDEDUPERANGE",
    };

    /// <summary>Bytes of the struct that the argument points to; 0 where the number says none.</summary>
    public int Size => (int)(command >> 16 & 0x3fff);

    /// <summary>Which way the struct goes, as a handler's argument; none where the number says none.</summary>
    public CharArgument Direction => (command >> 30) switch
    {
        1 => CharArgument.In,
        2 => CharArgument.Out,
        3 => CharArgument.InOut,
        _ => CharArgument.None,
    };

    /// <summary>Whether the number says what the argument is: one from before the scheme, and one of _IO, say nothing.</summary>
    public bool IsTelling => Size != 0;

    /// <summary>The kernel's name of a command that never reaches a driver; null for all others.</summary>
    public string? Kernels => s_kernels.TryGetValue(command, out string? name) ? name : null;

    /// <summary>The number and what it was made of.</summary>
    public override string ToString()
    {
        string number = "0x" + command.ToString("x8", CultureInfo.InvariantCulture);
        if (command >> 8 == 0)
            return number;
        string macro = (command >> 30) switch { 1 => "_IOW", 2 => "_IOR", 3 => "_IOWR", _ => "_IO" };
        string type = Letter is > ' ' and < '\x7f' and not '\'' and not '\\' ? $"'{Letter}'" : "0x" + ((int)Letter).ToString("x2", CultureInfo.InvariantCulture);
        string size = IsTelling ? $", {Size.ToString(CultureInfo.InvariantCulture)} bytes" : "";
        return $"{number}, {macro}({type}, {(command & 0xff).ToString(CultureInfo.InvariantCulture)}{size})";
    }

    private char Letter => (char)(command >> 8 & 0xff);
}
