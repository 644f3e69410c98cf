using System.Globalization;
using Mdev.Sdk.Interop;

namespace Mdev.Sdk.VfioUser;

/// <summary>Who may connect to a socket in the file system: whoever may write to it.</summary>
/// <param name="Mode">Access rights; what the umask leaves if <see langword="null"/>.</param>
/// <param name="Group">Its group; the process' own if <see langword="null"/>.</param>
internal readonly record struct SocketAccess(UnixFileMode? Mode, UnixGroup? Group)
{
    private const UnixFileMode All = (UnixFileMode)0x1ff;

    /// <summary>Reads access rights as chmod(1) writes them: three octal digits, and possibly a zero before them.</summary>
    public static bool TryParseMode(string text, out UnixFileMode mode)
    {
        mode = default;
        if (text.Length is < 3 or > 4 || !uint.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out _))
            return false;
        int value = 0;
        foreach (char digit in text)
        {
            if (digit > '7')
                return false;
            value = (8 * value) + (digit - '0');
        }
        mode = (UnixFileMode)value;
        return (mode & ~All) == 0;
    }

    /// <exception cref="IOException">This process may not give it to the group.</exception>
    public void Apply(string path)
    {
        // The group first: it must not have its predecessor's rights for a moment.
        if (Group is { } group && group.Own(path) is var error and not Errno.None)
            throw new IOException($"Cannot give {path} to the group {group.Id}: {error}; the process must be its member.");
        if (Mode is { } mode)
            File.SetUnixFileMode(path, mode);
    }
}
