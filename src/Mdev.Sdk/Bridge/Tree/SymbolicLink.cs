using System.Text;
using Mdev.Sdk.Interop;

namespace Mdev.Sdk.Bridge.Tree;

/// <summary>Links in plain folders. .NET's own report no errno, and one is asked for here: EEXIST decides who has a PCI address.</summary>
internal static unsafe class SymbolicLink
{
    public static Errno Make(string path, string target)
    {
        fixed (byte* name = Encoding.UTF8.GetBytes(path + "\0"), to = Encoding.UTF8.GetBytes(target + "\0"))
            return Libc.symlink(to, name) == 0 ? Errno.None : Libc.LastError;
    }

    /// <summary>What a link says, without a look at where it leads: .NET's own takes one, and a mount whose process is stopped never answers.</summary>
    /// <returns>Null for what is no link, or is not there.</returns>
    public static string? TargetOf(string path)
    {
        const int Longest = 4096; // PATH_MAX
        Span<byte> target = stackalloc byte[Longest];
        fixed (byte* name = Encoding.UTF8.GetBytes(path + "\0"), to = target)
        {
            nint length = Libc.readlink(name, to, Longest);
            return length < 0 ? null : Encoding.UTF8.GetString(target[..(int)length]);
        }
    }

    /// <summary>Removes a link if it leads where it should; another's stays.</summary>
    public static void Remove(string path, string target)
    {
        try
        {
            if (TargetOf(path) == target)
                File.Delete(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Somebody has taken the folder away; there is nothing left to remove.
        }
    }
}
