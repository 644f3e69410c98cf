using System.Text;

namespace Mdev.Sdk.Interop;

/// <summary>A group of users, as this machine knows it.</summary>
internal readonly unsafe record struct UnixGroup(uint Id)
{
    private const uint KeepOwner = uint.MaxValue;

    /// <summary>Finds a group by its name.</summary>
    /// <returns><see langword="false"/> if the machine has none of this name.</returns>
    public static bool TryFind(string name, out UnixGroup group)
    {
        group = default;
        byte[] text = Encoding.UTF8.GetBytes(name + '\0');

        // A group's members come with it; there may be thousands.
        for (int length = 1024; length <= 1 << 20; length *= 4)
        {
            Libc.group entry;
            Libc.group* found;
            int error;
            fixed (byte* start = text, buffer = new byte[length])
                error = Libc.getgrnam_r(start, &entry, buffer, (nuint)length, &found);
            if (error == Libc.ERANGE)
                continue;
            group = new(entry.gr_gid);
            return error == 0 && found is not null;
        }
        return false;
    }

    /// <summary>Gives a file to the group; its owner stays.</summary>
    /// <returns>EPERM for a group that this process is no member of.</returns>
    public Errno Own(string path)
    {
        fixed (byte* start = Encoding.UTF8.GetBytes(path + '\0'))
            return Libc.chown(start, KeepOwner, Id) == 0 ? Errno.None : Libc.LastError;
    }
}
