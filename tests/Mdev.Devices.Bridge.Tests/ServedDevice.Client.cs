using Mdev.Sdk.Testing;
using Mdev.Sdk.Testing.Bridge;

namespace Mdev.Devices.Tests;

/// <remarks>
/// The client is one of the device's folder; with MDEV_TEST_BRIDGE=cuse, which takes root and /dev/cuse, it is one of its node.
/// </remarks>
internal sealed partial class ServedDevice
{
    private static readonly bool s_isNode = Environment.GetEnvironmentVariable("MDEV_TEST_BRIDGE") == "cuse";
    private static readonly string[] s_transport = ["--bridge", s_isNode ? "cuse" : "fuse"];

    /// <summary>A client on the host.</summary>
    public VfioClient Client { get; }

    /// <summary>The folder.</summary>
    public string Folder => Path.Combine(_directory.FullName, "bridge", Uuid);

    private VfioClient Attach() => s_isNode ? BridgeNodeClient.Open($"/dev/mdev-{Uuid}") : BridgeFolderClient.Open(Folder);
}
