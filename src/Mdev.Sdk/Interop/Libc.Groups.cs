using System.Runtime.InteropServices;

namespace Mdev.Sdk.Interop;

/// <summary>Groups, and whose a file is.</summary>
internal static unsafe partial class Libc
{
    public const int ERANGE = 34;

    [LibraryImport(Library)]
    public static partial int getgrnam_r(byte* name, group* entry, byte* buffer, nuint length, group** result);

    [LibraryImport(Library, SetLastError = true)]
    public static partial int chown(byte* path, uint owner, uint group);

    public struct group
    {
        public byte* gr_name;
        public byte* gr_passwd;
        public uint gr_gid;
        public byte** gr_mem;
    }
}
