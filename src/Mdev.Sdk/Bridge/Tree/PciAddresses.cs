using System.Globalization;

namespace Mdev.Sdk.Bridge.Tree;

/// <summary>
/// Addresses that lspci shows PCI instances at, one link each. All host processes of a machine share them: whose link is made
/// has the address. Domain 10000 lies above what hardware has, and lspci knows such from VMD.
/// </summary>
internal sealed class PciAddresses(TreeLayout layout)
{
    private const int Addresses = 256 * 32;

    private int _hint;

    /// <summary>Takes the next free address.</summary>
    /// <param name="target">Where its link leads.</param>
    /// <param name="error">Why there is none: EEXIST for all are taken.</param>
    /// <returns>The link's path.</returns>
    public string? Take(string target, out Errno error)
    {
        error = Errno.EEXIST;
        for (int i = 0; i < Addresses && error == Errno.EEXIST; i++)
        {
            int number = (Interlocked.Increment(ref _hint) - 1) & (Addresses - 1);
            string path = Path.Combine(layout.PciFolder,
                string.Create(CultureInfo.InvariantCulture, $"{TreeLayout.PciDomain}:{number >> 5:x2}:{number & 31:x2}.0"));
            error = SymbolicLink.Make(path, target);
            if (error == Errno.None)
                return path;
        }
        return null;
    }
}
