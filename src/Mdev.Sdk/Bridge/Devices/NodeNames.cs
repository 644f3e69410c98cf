using System.Globalization;
using Mdev.Sdk.Device;

namespace Mdev.Sdk.Bridge.Devices;

/// <summary>What a device's character devices are called.</summary>
internal static class NodeNames
{
    /// <summary>The character devices with their names, the placeholders filled in.</summary>
    /// <exception cref="MdevException">EINVAL: two have the same name.</exception>
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
            if (named.Any(other => other.Name == name))
                throw new MdevException(Errno.EINVAL, $"{device.GetType().Name} has two character devices {name}: {{n}} in their name counts them.");
            named.Add((name, charDevice));
        }
        return named;
    }
}
