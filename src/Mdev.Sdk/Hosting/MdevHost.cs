using System.Net.Sockets;
using Mdev.Sdk.Device;
using Mdev.Sdk.VfioUser;
using Microsoft.Extensions.Logging;

namespace Mdev.Sdk.Hosting;

/// <summary>A bus whose instances are served: what is created can be attached, what is removed is gone with its socket.</summary>
internal sealed class MdevHost(MdevParent parent, ILogger logger, IRegisterObserver? observer, ServerOptions options) : IDisposable
{
    private readonly Lock _gate = new();
    private readonly Dictionary<Guid, Served> _served = [];
    private bool _ending;

    public ILogger Logger { get; } = logger;

    public MdevParent Parent { get; } = parent;

    public MdevBus Bus { get; } = OfferOn(new MdevBus(), parent);

    /// <summary>The instances that can be attached.</summary>
    public IReadOnlyList<Served> Instances
    {
        get
        {
            lock (_gate)
                return [.. _served.Values];
        }
    }

    /// <summary>Creates an instance and serves it on a path of its own.</summary>
    /// <exception cref="MdevException">The bus refused it.</exception>
    /// <exception cref="IOException">The path cannot be listened on.</exception>
    public Served Create(MdevType type, Guid uuid, string path) =>
        Create(type, uuid, path, device => VfioUserServer.Listen(device, path, options));

    /// <summary>Creates an instance and serves it on a socket that this process was started with.</summary>
    /// <exception cref="MdevException">The bus refused it.</exception>
    public Served Create(MdevType type, Guid uuid, Socket socket) =>
        Create(type, uuid, NameOf(socket), device => VfioUserServer.Serve(device, socket, options));

    /// <summary>Turns the client away and removes the instance.</summary>
    /// <exception cref="MdevException">The bus refused it.</exception>
    public void Remove(Guid uuid)
    {
        Served? served;
        lock (_gate)
            _served.Remove(uuid, out served);
        if (served is null)
        {
            throw Bus.IsTaken(uuid)
                ? new MdevException(Errno.EAGAIN, $"The instance {uuid} is being made or removed.")
                : new MdevException(Errno.ENODEV, $"There is no instance {uuid}.");
        }

        // The socket first: nobody may reach a device that is going.
        served.Server.Dispose();
        Bus.Remove(uuid);
    }

    public string? SocketOf(Guid uuid) => Instances.FirstOrDefault(s => s.Uuid == uuid)?.Socket;
    public string? UserOf(MdevInstance instance) => _ending ? instance.ToString() : null;
    public bool ShimServe(MdevInstance instance) { var device = (VfioDevice)instance.Device; device.Realize(instance.Uuid, Logger); string path = RuntimeDirectory.SocketOf(instance.Uuid); var server = VfioUserServer.Listen(device, path, options); lock (_gate) _served.Add(instance.Uuid, new Served(instance.Uuid, instance.Type, path, server)); return true; }

    /// <summary>Removes all instances; none can be made any more.</summary>
    public void Dispose()
    {
        lock (_gate)
            _ending = true;
        foreach (Served served in Instances)
            Remove(served.Uuid);
    }

    private Served Create(MdevType type, Guid uuid, string socket, Func<VfioDevice, VfioUserServer> serve)
    {
        MdevInstance instance = Bus.Create(type, uuid);
        VfioUserServer? server = null;
        try
        {
            if (instance.Device is not VfioDevice device)
                throw new MdevException(Errno.ENODEV, $"{instance.Device.GetType().Name} is not a device that can be served.");
            device.Observer = observer;
            device.Realize(uuid, Logger);
            server = serve(device);
            var served = new Served(uuid, type, socket, server);
            lock (_gate)
            {
                if (_ending)
                    throw new MdevException(Errno.ENODEV, "The host program is ending.");
                _served.Add(uuid, served);
            }
            return served;
        }
        catch
        {
            server?.Dispose();
            Bus.Remove(uuid);
            throw;
        }
    }

    // A socket that systemd listens on has a path; a connected one usually has none.
    private static string NameOf(Socket socket) =>
        socket.LocalEndPoint?.ToString() is { Length: > 0 } path ? path : $"fd:{(int)socket.Handle}";

    private static MdevBus OfferOn(MdevBus bus, MdevParent parent)
    {
        bus.Register(parent);
        return bus;
    }

    /// <summary>An instance with the socket it is served on.</summary>
    internal sealed record Served(Guid Uuid, MdevType Type, string Socket, VfioUserServer Server);
}
