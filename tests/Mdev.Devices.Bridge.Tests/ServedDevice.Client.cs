using Mdev.Sdk.Testing;
using Mdev.Sdk.Testing.Bridge;

namespace Mdev.Devices.Tests;

internal sealed partial class ServedDevice
{
    private static readonly string[] s_transport = ["--bridge", "fuse"];

    /// <summary>A client of its folder on the host.</summary>
    public VfioClient Client { get; }

    /// <summary>The folder.</summary>
    public string Folder => Path.Combine(_directory.FullName, "bridge", Uuid);

    private BridgeFolderClient Attach() => BridgeFolderClient.Open(Folder);
}
