using Mdev.Sdk.Device;
using Mdev.Sdk.Testing;
using Mdev.Sdk.VfioUser;

namespace Mdev.Sdk.Wire.Tests.Support;

/// <summary>Any device, served on a socket of its own in this process, and a client of it.</summary>
internal sealed class DeviceServer : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("mdev").FullName;
    private readonly VfioUserServer _server;
    private readonly VfioDevice _device;

    public DeviceServer(VfioDevice device)
    {
        _device = device;
        device.Realize(Guid.NewGuid(), Log);
        _server = VfioUserServer.Listen(device, Path.Combine(_folder, "s"));
        Client = Connect();
    }

    public VfioUserClient Client { get; private set; }

    public CollectedLog Log { get; } = new();

    public VfioUserClient Connect() => VfioUserClient.Connect(Path.Combine(_folder, "s"));

    /// <summary>A connection on which nothing has been said.</summary>
    public VfioUserConnection ConnectRaw() => VfioUserConnection.Connect(Path.Combine(_folder, "s"));

    /// <summary>Ends the client and takes another one.</summary>
    public void Reconnect()
    {
        Client.Dispose();
        Client = Connect();
    }

    /// <summary>Sends a command and receives its reply, descriptors included.</summary>
    public VfioUserFrame Exchange(byte[] message)
    {
        Client.Connection.Send(message);
        VfioUserFrame reply = Client.Connection.Receive();
        Assert.Equal(message[..4], reply.Bytes[..4].ToArray());
        return reply;
    }

    /// <summary>Once more does nothing: a test may end it early.</summary>
    public void Dispose()
    {
        if (!Directory.Exists(_folder))
            return;
        Client.Dispose();
        _server.Dispose();
        _device.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
