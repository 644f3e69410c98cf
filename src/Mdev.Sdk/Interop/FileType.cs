using System.Text;

namespace Mdev.Sdk.Interop;

/// <summary>What kind of file a path names; .NET does not tell sockets from others.</summary>
internal static unsafe class FileType
{
    private const int AT_FDCWD = -100;
    private const uint STATX_TYPE = 1;
    private const ushort S_IFMT = 0xf000;
    private const ushort S_IFSOCK = 0xc000;

    // struct statx, unlike struct stat, has one layout on all architectures.
    private const int StatxSize = 256;
    private const int ModeOffset = 28;

    public static bool IsSocket(string path)
    {
        byte* result = stackalloc byte[StatxSize];
        fixed (byte* name = Encoding.UTF8.GetBytes(path + "\0"))
        {
            return Libc.statx(AT_FDCWD, name, 0, STATX_TYPE, result) == 0
                && (*(ushort*)(result + ModeOffset) & S_IFMT) == S_IFSOCK;
        }
    }
}
