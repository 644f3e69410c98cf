using Mdev.Sdk.Bridge.Cuse;
using Mdev.Sdk.Bridge.Files;
using Mdev.Sdk.Bridge.Fuse;
using Mdev.Sdk.Device;

namespace Mdev.Sdk.Bridge.Devices;

/// <summary>An instance as nodes below /dev: the one that answers VFIO's ioctls, and its character devices.</summary>
internal sealed class NodePlace : IDevicePlace
{
    private const uint OwnerOnly = 0x180; // 0600, as devtmpfs makes a node; udev's rules say otherwise

    private readonly CallGuard _guard = new();
    private readonly List<CuseServer> _nodes = [];

    /// <param name="device">The device.</param>
    /// <param name="withVfio">Whether it has the node of VFIO's ioctls too.</param>
    /// <exception cref="IOException">A node cannot be made; the message says what to do.</exception>
    public NodePlace(VfioDevice device, bool withVfio)
    {
        try
        {
            if (withVfio)
                _nodes.Add(CuseServer.Serve($"mdev-{device.Uuid}", new VfioNodeFile(device, _guard), device.Logger));
            foreach ((string name, ICharDevice charDevice) in NodeNames.Of(device))
                _nodes.Add(CuseServer.Serve(name, new CharDeviceFile(device, charDevice, _guard, OwnerOnly), device.Logger));
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public IReadOnlyList<string> Paths => [.. _nodes.Select(node => "/dev/" + node.Name)];

    public void Dispose()
    {
        // Files are closed first, so that the vendor hears of it.
        foreach (CuseServer node in _nodes)
            node.Dispose();
        _guard.Close();
    }
}
