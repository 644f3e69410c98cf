using System.Text;

namespace Mdev.Sdk.Interop;

/// <summary>What this process may do with a file, as the kernel judges it. Source: access(2).</summary>
internal static class FileRights
{
    private const int W_OK = 2, R_OK = 4;

    public static bool CanWrite(string path) => Has(path, W_OK);

    public static bool CanReadAndWrite(string path) => Has(path, R_OK | W_OK);

    private static unsafe bool Has(string path, int rights)
    {
        fixed (byte* name = Encoding.UTF8.GetBytes(path + "\0"))
            return Libc.access(name, rights) == 0;
    }
}
