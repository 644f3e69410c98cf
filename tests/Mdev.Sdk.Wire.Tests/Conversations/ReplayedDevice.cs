using Mdev.Devices;
using Mdev.Sdk.Device;
using Mdev.Sdk.VfioUser;
using Mdev.Sdk.Wire.Tests.Support;
using Mtty;

namespace Mdev.Sdk.Wire.Tests.Conversations;

/// <summary>The device that a conversation was recorded with, served in this process.</summary>
internal sealed class ReplayedDevice : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("mdev").FullName;
    private readonly VfioUserServer _server;

    public ReplayedDevice(string name)
    {
        Device = Make(name);
        Device.Realize(Guid.NewGuid(), new CollectedLog());
        _server = VfioUserServer.Listen(Device, Path);
    }

    public VfioDevice Device { get; }

    public string Path => System.IO.Path.Combine(_folder, "s");

    /// <summary>A device by the name of its conversation.</summary>
    public static VfioDevice Make(string name) => name switch
    {
        "mtty" => new MttyDevice(2, new MttyParent(_ => null)),
        "edu" => new Edu(),
        "exerciser" => new Exerciser(whole: true),
        "shared" => new SharedCard(),
        _ => throw new ArgumentException($"No device is made for {name}.", nameof(name)),
    };

    public void Dispose()
    {
        _server.Dispose();
        Device.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
