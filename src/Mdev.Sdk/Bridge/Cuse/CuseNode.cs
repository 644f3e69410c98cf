using Mdev.Sdk.Interop;

namespace Mdev.Sdk.Bridge.Cuse;

/// <summary>Finds out whether a node has come to be: the kernel says so to nobody. As seen with Linux 6.12.</summary>
internal static class CuseNode
{
    private const string Class = "/sys/class/cuse";

    /// <summary>Looks for what is wrong with a node that has just been made.</summary>
    /// <param name="name">Its name below /dev.</param>
    /// <returns>A sentence; <see langword="null"/> for nothing.</returns>
    public static string? Find(string name)
    {
        // Each node takes one of the 140 or so major numbers that the kernel hands out by itself.
        string number = Path.Join(Class, name, "dev"), node = Path.Join("/dev", name);
        string made;
        try
        {
            made = File.ReadAllText(number).Trim();
        }
        catch (IOException)
        {
            return $"The kernel does not make {node}: another CUSE device has the name, or no device number is left.";
        }

        // A name that another driver has is no error to it.
        return !FileIdentity.TryGet(node, out FileIdentity there)
                ? $"The kernel has made a device {made}, but there is no {node}: /dev is no devtmpfs here; make it with mknod, or use --bridge fuse."
            : there.NodeNumber != made ? $"{node} is another driver's device {there.NodeNumber}."
            : null;
    }
}
