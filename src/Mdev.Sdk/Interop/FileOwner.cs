using System.Text;

namespace Mdev.Sdk.Interop;

/// <summary>Whose a file is, following links, and its mode bits. .NET tells no owner. Source: statx(2).</summary>
internal readonly record struct FileOwner(uint User, uint Group, ushort Mode)
{
    private const int AT_FDCWD = -100;
    private const uint STATX_MODE = 0x2, STATX_UID = 0x8, STATX_GID = 0x10;
    private const int StatxSize = 256, UserOffset = 20, GroupOffset = 24, ModeOffset = 28;

    /// <returns><see langword="false"/> if there is no such file, or it may not be looked at.</returns>
    public static unsafe bool TryGet(string path, out FileOwner owner)
    {
        byte* result = stackalloc byte[StatxSize];
        fixed (byte* name = Encoding.UTF8.GetBytes(path + "\0"))
        {
            bool found = Libc.statx(AT_FDCWD, name, 0, STATX_MODE | STATX_UID | STATX_GID, result) == 0;
            owner = found ? new(*(uint*)(result + UserOffset), *(uint*)(result + GroupOffset), *(ushort*)(result + ModeOffset)) : default;
            return found;
        }
    }
}
