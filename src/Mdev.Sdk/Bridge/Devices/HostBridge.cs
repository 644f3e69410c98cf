using System.Collections.Concurrent;
using Mdev.Sdk.Device;

namespace Mdev.Sdk.Bridge.Devices;

/// <summary>
/// The instances of a bus on the host. Whoever has files of one open does not use it: it is removed without waiting for them, and their
/// calls fail with ENODEV.
/// </summary>
/// <param name="place">Puts a device on the host; <see langword="null"/> for one that is not wanted there.</param>
internal sealed class HostBridge(Func<VfioDevice, IDevicePlace?> place) : IInstanceService
{
    private readonly ConcurrentDictionary<Guid, IDevicePlace> _places = [];

    /// <summary>Where an instance is; nowhere if it is not on the host.</summary>
    public IReadOnlyList<string> PathsOf(Guid uuid) => _places.GetValueOrDefault(uuid)?.Paths ?? [];

    void IInstanceService.Start(MdevInstance instance)
    {
        if (instance.Device is not VfioDevice device)
            return;
        try
        {
            if (place(device) is { } made)
                _places[instance.Uuid] = made;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new MdevException(Errno.ENODEV, e.Message);
        }
    }

    void IInstanceService.Stop(MdevInstance instance)
    {
        if (!_places.TryRemove(instance.Uuid, out IDevicePlace? place))
            return;

        // A handler that ends its own device has the lock for which calls on the place's threads may be waiting: it waits for none.
        if (instance.Device is VfioDevice device && device.Gate.IsHeldByCurrentThread)
            ThreadPool.UnsafeQueueUserWorkItem(static place => place.Dispose(), place, preferLocal: false);
        else
            place.Dispose();
    }
}
