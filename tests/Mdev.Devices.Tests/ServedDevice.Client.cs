using Mdev.Sdk.Testing;

namespace Mdev.Devices.Tests;

internal sealed partial class ServedDevice
{
    private static readonly string[] s_transport = [];

    /// <summary>A client on its socket.</summary>
    public VfioUserClient Client { get; }

    private VfioUserClient Attach() => Connect();
}
