using System.Runtime.InteropServices;
using System.Text;

namespace Mdev.Sdk.Interop;

/// <summary>The names in a folder, and nothing about them.</summary>
/// <remarks>
/// .NET's own listing looks where each link leads, and a link into a file system whose process is stopped never answers.
/// </remarks>
internal static unsafe class FolderNames
{
    // struct dirent of 64-bit Linux: d_ino, d_off, d_reclen, d_type, then the name. Source: readdir(3).
    private const int NameOffset = 8 + 8 + 2 + 1;

    /// <summary>Lists them in no order.</summary>
    /// <returns>None for a folder that is not there, or cannot be read.</returns>
    public static IReadOnlyList<string> In(string folder)
    {
        nint open;
        fixed (byte* path = Encoding.UTF8.GetBytes(folder + "\0"))
            open = Libc.opendir(path);
        if (open == 0)
            return [];

        var names = new List<string>();
        try
        {
            byte* entry;
            while ((entry = Libc.readdir(open)) != null)
            {
                string name = Marshal.PtrToStringUTF8((nint)(entry + NameOffset))!;
                if (name is not ("." or ".."))
                    names.Add(name);
            }
        }
        finally
        {
            _ = Libc.closedir(open);
        }
        return names;
    }
}
