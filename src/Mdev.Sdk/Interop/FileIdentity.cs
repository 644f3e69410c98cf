using System.Globalization;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Mdev.Sdk.Interop;

/// <summary>What a path names, following links: which file, and whether it is a socket. .NET tells neither.</summary>
internal readonly record struct FileIdentity(ulong Inode, ulong Device, bool IsSocket, uint NodeMajor, uint NodeMinor)
{
    private const int AT_FDCWD = -100;
    private const int AT_EMPTY_PATH = 0x1000;
    private const uint STATX_TYPE = 0x1;
    private const uint STATX_INO = 0x100;
    private const ushort S_IFMT = 0xf000;
    private const ushort S_IFSOCK = 0xc000;

    // struct statx, unlike struct stat, has one layout on all architectures.
    private const int StatxSize = 256;
    private const int ModeOffset = 28;
    private const int InodeOffset = 32;
    private const int NodeOffset = 128;
    private const int DeviceOffset = 136;

    /// <summary>Of a device's node: <c>MAJOR:MINOR</c>, as sysfs writes it.</summary>
    public string NodeNumber => string.Create(CultureInfo.InvariantCulture, $"{NodeMajor}:{NodeMinor}");

    /// <returns><see langword="false"/> if there is no such file.</returns>
    public static unsafe bool TryGet(string path, out FileIdentity identity)
    {
        byte* result = stackalloc byte[StatxSize];
        fixed (byte* name = Encoding.UTF8.GetBytes(path + "\0"))
        {
            if (Libc.statx(AT_FDCWD, name, 0, STATX_TYPE | STATX_INO, result) != 0)
            {
                identity = default;
                return false;
            }
        }

        identity = Read(result);
        return true;
    }

    /// <summary>Which file a descriptor is of.</summary>
    /// <returns><see langword="false"/> if it is closed.</returns>
    public static unsafe bool TryGet(SafeFileHandle file, out FileIdentity identity)
    {
        byte* result = stackalloc byte[StatxSize];
        byte none = 0;
        bool found = Libc.statx((int)file.DangerousGetHandle(), &none, AT_EMPTY_PATH, STATX_TYPE | STATX_INO, result) == 0;
        identity = found ? Read(result) : default;
        return found;
    }

    private static unsafe FileIdentity Read(byte* result)
    {
        ushort mode = *(ushort*)(result + ModeOffset);
        return new(*(ulong*)(result + InodeOffset), *(ulong*)(result + DeviceOffset), (mode & S_IFMT) == S_IFSOCK,
            *(uint*)(result + NodeOffset), *(uint*)(result + NodeOffset + sizeof(uint)));
    }
}
