using System.Globalization;
using System.Text;
using Mdev.Sdk.Device;

namespace Mdev.Sdk.Bridge.Devices;

/// <summary>What a device's character devices are called.</summary>
internal static class NodeNames
{
    // Longer ones devtmpfs does not make, and nobody is told.
    private const int MostBytes = 200;

    /// <summary>The character devices with their names, the placeholders filled in.</summary>
    /// <exception cref="MdevException">EINVAL: two have the same name, or one has none that a file can have.</exception>
    public static IReadOnlyList<(string Name, ICharDevice CharDevice)> Of(VfioDevice device)
    {
        var named = new List<(string Name, ICharDevice CharDevice)>();
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (ICharDevice charDevice in device.CharDevices)
        {
            string pattern = charDevice.NodeName;
            int count = counts[pattern] = counts.TryGetValue(pattern, out int before) ? before + 1 : 0;
            string uuid = device.Uuid.ToString();
            string name = pattern
                .Replace("{uuid}", uuid, StringComparison.Ordinal)
                .Replace("{short}", uuid[..8], StringComparison.Ordinal)
                .Replace("{n}", count.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);
            if (!IsName(name))
                throw new MdevException(Errno.EINVAL, $"{device.GetType().Name} has a character device whose name \"{name}\" no file can have: 1 to {MostBytes} bytes, without / or control characters.");
            if (named.Any(other => other.Name == name))
                throw new MdevException(Errno.EINVAL, $"{device.GetType().Name} has two character devices {name}: {{n}} in their name counts them.");
            named.Add((name, charDevice));
        }
        return named;
    }

    private static bool IsName(string name) =>
        name is not ("" or "." or "..") && Encoding.UTF8.GetByteCount(name) <= MostBytes && !name.Any(letter => letter == '/' || char.IsControl(letter));
}
