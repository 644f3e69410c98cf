using System.Collections.Concurrent;
using System.Net.Sockets;
using Mdev.Sdk.Device;
using Mdev.Sdk.Observation;
using Mdev.Sdk.VfioUser;
using Microsoft.Extensions.Logging;

namespace Mdev.Sdk.Hosting;

/// <summary>A bus whose instances are served: what is created can be attached, what is removed is gone with its socket.</summary>
internal sealed class MdevHost : IInstanceService, IDisposable
{
    private readonly ConcurrentDictionary<Guid, Served> _served = [];
    private readonly ConcurrentDictionary<Guid, Place> _places = [];
    private readonly IRegisterObserver? _observer;
    private readonly ServerOptions _options;
    private volatile bool _ending;

    /// <param name="parent">Registered at once.</param>
    /// <param name="logger">For the host and its devices.</param>
    /// <param name="observer">Sees the accesses of every device.</param>
    /// <param name="options">How instances are served.</param>
    public MdevHost(MdevParent parent, ILogger logger, IRegisterObserver? observer, ServerOptions options)
    {
        (Parent, Logger, _observer, _options) = (parent, logger, observer, options);
        Bus = new MdevBus([this]);
        DeviceMetrics.Follow(Bus);
        Bus.Register(parent);
    }

    public ILogger Logger { get; }

    public MdevParent Parent { get; }

    public MdevBus Bus { get; }

    /// <summary>The instances that can be attached.</summary>
    public IReadOnlyList<Served> Instances => [.. Bus.Instances.Select(i => _served.GetValueOrDefault(i.Uuid)).OfType<Served>()];

    /// <summary>Where an instance is served; <see langword="null"/> if there is none.</summary>
    public string? SocketOf(Guid uuid) => _served.GetValueOrDefault(uuid)?.Socket;

    /// <summary>Creates an instance and serves it on a path of its own.</summary>
    /// <exception cref="MdevException">The bus refused it.</exception>
    /// <exception cref="IOException">The path cannot be listened on.</exception>
    public Served Create(MdevType type, Guid uuid, string path) =>
        Create(type, uuid, new Place(path, device => VfioUserServer.Listen(device, path, _options)));

    /// <summary>Creates an instance and serves it on a socket that this process was started with.</summary>
    /// <exception cref="MdevException">The bus refused it.</exception>
    public Served Create(MdevType type, Guid uuid, Socket socket) =>
        Create(type, uuid, new Place(NameOf(socket), device => VfioUserServer.Serve(device, socket, _options)));

    /// <summary>Turns the client away and removes the instance.</summary>
    /// <exception cref="MdevException">The bus refused it.</exception>
    public void Remove(Guid uuid) => Bus.Remove(uuid);

    /// <summary>Removes all instances; none can be made any more.</summary>
    public void Dispose()
    {
        _ending = true;
        foreach (MdevInstance instance in Bus.Instances)
            Bus.Remove(instance.Uuid);
    }

    void IInstanceService.Start(MdevInstance instance)
    {
        if (_ending)
            throw new MdevException(Errno.ENODEV, "The host program is ending.");
        if (instance.Device is not VfioDevice device)
            throw new MdevException(Errno.ENODEV, $"{instance.Device.GetType().Name} is not a device that can be served.");
        device.Observer = _observer;
        device.Realize(instance.Uuid, Logger);

        if (!_places.TryRemove(instance.Uuid, out Place? place))
        {
            string path = RuntimeDirectory.SocketOf(instance.Uuid);
            place = new Place(path, d => VfioUserServer.Listen(d, path, _options));
        }
        _served[instance.Uuid] = new Served(instance.Uuid, instance.Type, place.Socket, place.Serve(device));
    }

    // Who removes an instance here turns its user away.
    bool IInstanceService.IsInUse(MdevInstance instance) => false;

    string? IInstanceService.UserOf(MdevInstance instance) => null;

    void IInstanceService.Request(MdevInstance instance, int count)
    {
    }

    Task IInstanceService.WhenUnused(MdevInstance instance, CancellationToken cancel) => Task.CompletedTask;

    void IInstanceService.Stop(MdevInstance instance)
    {
        if (_served.TryRemove(instance.Uuid, out Served? served))
            served.Server.Dispose();
    }

    private Served Create(MdevType type, Guid uuid, Place place)
    {
        if (!_places.TryAdd(uuid, place))
            throw new MdevException(Errno.EEXIST, $"The instance {uuid} is being made.");
        try
        {
            Bus.Create(type, uuid);
            return _served[uuid];
        }
        finally
        {
            _places.TryRemove(uuid, out _);
        }
    }

    // A socket that systemd listens on has a path; a connected one usually has none.
    private static string NameOf(Socket socket) =>
        socket.LocalEndPoint?.ToString() is { Length: > 0 } path ? path : $"fd:{(int)socket.Handle}";

    /// <summary>An instance with the socket it is served on.</summary>
    internal sealed record Served(Guid Uuid, MdevType Type, string Socket, VfioUserServer Server);

    private sealed record Place(string Socket, Func<VfioDevice, VfioUserServer> Serve);
}
