using System.Collections.Concurrent;
using System.Net.Sockets;
using Mdev.Sdk.Bridge.Devices;
using Mdev.Sdk.Bridge.Tree;
using Mdev.Sdk.Device;
using Mdev.Sdk.Display.Screens;
using Mdev.Sdk.Observation;
using Mdev.Sdk.Pci;
using Mdev.Sdk.Terminals;
using Mdev.Sdk.VfioUser;
using Microsoft.Extensions.Logging;

namespace Mdev.Sdk.Hosting;

/// <summary>
/// A bus whose instances are served: what is created can be attached, what is removed is gone with its socket. A program with a
/// container gets it injected, beside its <see cref="Bus"/>.
/// </summary>
public sealed class MdevHost : IInstanceService, IDisposable
{
    // Longer than any access takes; a removal does not wait for a device whose code does not return.
    private static readonly TimeSpan s_askFor = TimeSpan.FromMilliseconds(100);

    private readonly ConcurrentDictionary<Guid, Served> _served = [];
    private readonly ConcurrentDictionary<Guid, Place> _places = [];
    private readonly IRegisterObserver? _observer;
    private readonly ServerOptions _serving;
    private volatile bool _ending;

    /// <param name="logger">For the host and its devices.</param>
    /// <param name="options">How instances are served; valid ones.</param>
    /// <param name="observer">Sees the accesses of every device.</param>
    internal MdevHost(ILogger logger, MdevOptions options, IRegisterObserver? observer = null)
    {
        (Logger, Options, _observer, _serving) = (logger, options, observer, options.ToServerOptions());
        Directory = new HostDirectory(options.RuntimeDirectory ?? RuntimeDirectory.Path, _serving.Access.Mode ?? default);
        Tree = options.Tree == MdevTreeMode.Off ? null : new MdevTree(Directory.Root, logger);
        var folders = new DeviceFolders(Directory.Bridge);
        Bridge = new HostBridge(device => options.Bridge switch
        {
            MdevBridgeMode.Fuse => new FolderPlace(folders, device),
            MdevBridgeMode.Cuse => new NodePlace(device, withVfio: true),

            // A terminal that is a character device was asked for by name.
            _ => device.CharDevices.Any(charDevice => charDevice is CharTerminal) ? new NodePlace(device, withVfio: false) : null,
        });
        Bus = new MdevBus(Tree is null ? [this, Screens, Bridge] : [this, Screens, Bridge, Tree], logger: logger);
        Tree?.Attach(Bus);
        DeviceMetrics.Follow(Bus);
        Watch = new DeviceWatch(this, TimeProvider.System);
    }

    /// <summary>Parents, types and instances; whatever is created here is served.</summary>
    public MdevBus Bus { get; }

    internal ILogger Logger { get; }

    internal MdevOptions Options { get; }

    internal HostDirectory Directory { get; }

    internal DeviceWatch Watch { get; }

    internal DeviceScreens Screens { get; } = new();

    /// <summary>What is on the host beside sockets.</summary>
    internal HostBridge Bridge { get; }

    /// <summary>Shows what is published; <see langword="null"/> where it is not wanted.</summary>
    internal MdevTree? Tree { get; }

    /// <summary>What is served, also while it waits for its user to let go.</summary>
    internal IReadOnlyList<Served> Instances => [.. _served.Values];

    /// <summary>Where an instance is attached.</summary>
    /// <param name="uuid">The instance's UUID.</param>
    /// <returns>
    /// The path of its vfio-user socket, or <c>fd:N</c> for one that came with the process and has none;
    /// <see langword="null"/> if no instance of this UUID is served.
    /// </returns>
    public string? SocketOf(Guid uuid) => _served.GetValueOrDefault(uuid)?.Socket;

    /// <summary>Who uses an instance.</summary>
    /// <param name="instance">The instance.</param>
    /// <returns>A text for people, <c>QEMU, process 123</c>; <see langword="null"/> for nobody.</returns>
    public string? UserOf(MdevInstance instance)
    {
        ArgumentNullException.ThrowIfNull(instance);
        if ((instance.Device as VfioDevice)?.Client is not { } client)
            return null;
        string program = client.Program.Length > 0 ? client.Program : "a client";
        return client.ProcessId > 0 ? $"{program}, process {client.ProcessId}" : program;
    }

    /// <summary>Removes all instances, whoever uses them; none can be made any more.</summary>
    public void Dispose()
    {
        Refuse();
        foreach (Served served in Instances)
        {
            try
            {
                Bus.Remove(served.Uuid);
            }
            catch (MdevException)
            {
                // Somebody else is removing it, and may be waiting for its user.
                served.Server.Disconnect();
            }
        }
    }

    /// <summary>From here on no instance can be made.</summary>
    internal void Refuse()
    {
        _ending = true;
        _places.Clear();
    }

    /// <summary>Creates an instance and serves it below the runtime directory.</summary>
    /// <exception cref="MdevException">The bus refused it.</exception>
    /// <exception cref="IOException">The path cannot be listened on.</exception>
    internal Served Create(MdevType type, Guid uuid)
    {
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

    /// <summary>Creates an instance and serves it on a path of its own.</summary>
    /// <exception cref="MdevException">The bus refused it.</exception>
    /// <exception cref="IOException">The path cannot be listened on.</exception>
    internal Served Create(MdevType type, Guid uuid, string path)
    {
        _places[uuid] = new Place(path, device => VfioUserServer.Listen(device, path, _serving));
        return Create(type, uuid);
    }

    /// <summary>Creates an instance and serves it on a socket that this process was started with.</summary>
    /// <exception cref="MdevException">The bus refused it.</exception>
    internal Served Create(MdevType type, Guid uuid, Socket socket)
    {
        PlaceOn(socket, uuid);
        return Create(type, uuid);
    }

    /// <summary>Has an instance that is yet to be made served on a socket that this process was started with.</summary>
    internal void PlaceOn(Socket socket, Guid uuid) =>
        _places[uuid] = new Place(NameOf(socket), device => VfioUserServer.Serve(device, socket, _serving));

    // Its first reset, before attributes are set: they may be what registers hold.
    void IInstanceService.Prepare(MdevInstance instance)
    {
        if (_ending)
            throw new MdevException(Errno.ENODEV, "The host program is ending.");
        if (instance.Device is not VfioDevice device)
            throw new MdevException(Errno.ENODEV, $"{instance.Device.GetType().Name} is not a device that can be served.");
        device.Observer = _observer;
        device.Realize(instance.Uuid, Logger);
    }

    void IInstanceService.Start(MdevInstance instance)
    {
        var device = (VfioDevice)instance.Device;
        if (!_places.TryRemove(instance.Uuid, out Place? place))
        {
            string path = Directory.SocketOf(instance.Uuid);
            place = new Place(path, d => VfioUserServer.Listen(d, path, _serving));
        }
        _served[instance.Uuid] = new Served(instance.Uuid, instance.Type, place.Socket, place.Serve(device));
    }

    bool IInstanceService.IsInUse(MdevInstance instance) => ServerOf(instance)?.HasClient ?? false;

    // QEMU's vfio-pci asks its guest to let go; whoever is not asked this way learns nothing, and is waited for all the same.
    void IInstanceService.Request(MdevInstance instance, int count) => (instance.Device as PciDevice)?.RequestRelease(s_askFor);

    Task IInstanceService.WhenUnused(MdevInstance instance, CancellationToken cancel) =>
        ServerOf(instance)?.WhenUnusedAsync(cancel) ?? Task.CompletedTask;

    void IInstanceService.Stop(MdevInstance instance)
    {
        // Before it is forgotten: until then a device that does not end is still seen to be there.
        ServerOf(instance)?.Dispose();
        _served.TryRemove(instance.Uuid, out _);
    }

    private VfioUserServer? ServerOf(MdevInstance instance) => _served.GetValueOrDefault(instance.Uuid)?.Server;

    // A socket that systemd listens on has a path; a connected one usually has none.
    private static string NameOf(Socket socket) =>
        socket.LocalEndPoint?.ToString() is { Length: > 0 } path ? path : $"fd:{(int)socket.Handle}";

    /// <summary>An instance with the socket it is served on.</summary>
    internal sealed record Served(Guid Uuid, MdevType Type, string Socket, VfioUserServer Server);

    private sealed record Place(string Socket, Func<VfioDevice, VfioUserServer> Serve);
}
