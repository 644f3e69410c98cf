using Mdev.Sdk.Testing;

namespace Mdev.Devices.Tests;

/// <summary>A card with a region of its own kind.</summary>
public sealed class SharedCardTests : IDisposable
{
    private readonly ServedDevice _device = new("shared");

    public void Dispose() => _device.Dispose();

    [Fact]
    public void Its_own_region_tells_its_type()
    {
        VfioRegionInfo info = _device.Client.GetRegionInfo(9);
        Assert.Equal((1u, 1u), info.Type);
        Assert.Equal(9u, info.Flags & ~4u);
    }
}
