using Mdev.Sdk.Testing;
using Mdev.Sdk.VfioUser;

namespace Mdev.Sdk.Wire.Tests.Support;

/// <summary>A device served on a socket of its own, in this process.</summary>
internal sealed class TestServer : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("mdev").FullName;
    private readonly VfioUserServer _server;

    public TestServer()
    {
        Device.Realize(Guid.NewGuid(), Log);
        _server = VfioUserServer.Listen(Device, Path);
    }

    public string Path => System.IO.Path.Combine(_folder, "s");

    public TestDevice Device { get; } = new();

    public CollectedLog Log { get; } = new();

    /// <summary>A connection on which nothing has been said.</summary>
    public VfioUserConnection Connect() => VfioUserConnection.Connect(Path);

    /// <summary>A client that has negotiated. Waits for the server to be done with the one before.</summary>
    public VfioUserClient ConnectClient() => VfioUserClient.Connect(Path);

    /// <summary>Serves nobody any more.</summary>
    public void End() => _server.Dispose();

    public void Dispose()
    {
        _server.Dispose();
        Device.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
