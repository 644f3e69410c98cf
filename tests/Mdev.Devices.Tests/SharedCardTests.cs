using Mdev.Sdk.Testing;

namespace Mdev.Devices.Tests;

/// <summary>Memory between two processes.</summary>
public sealed class SharedCardTests : IDisposable
{
    private readonly ServedDevice _device = new("shared");

    public void Dispose() => _device.Dispose();

    [Fact]
    public void The_card_and_a_client_see_each_others_stores_and_none_of_them_traps()
    {
        using MappedRegion bar = _device.Client.MapRegion(0)!;
        using MappedRegion video = _device.Client.MapRegion(2)!;
        Assert.Equal([new VfioRegionArea(0x1000, 0x2000)], bar.Info.Areas);

        bar.At<uint>(0x1000) = 7;
        video.At<uint>(0xffffc) = 11;
        Assert.Equal(7u, _device.Read(0, 0x08));
        Assert.Equal(11u, _device.Read(0, 0x04));

        _device.Write(0, 0x00, 100u);
        Assert.Equal(100u, bar.At<uint>(0x1000));
        Assert.Equal(100u + 0x400, video.At<uint>(0));

        bar.At<uint>(0x2000 + 8) = 3;
        Assert.Equal(0x01000003u, _device.Read(0, 0x10));
        Assert.Equal(uint.MaxValue, _device.Read(0, 0x10));
        Assert.Equal(0u, _device.Read(0, 0x0c));
    }

    [Fact]
    public void Its_own_region_tells_its_type()
    {
        VfioRegionInfo info = _device.Client.GetRegionInfo(9);
        Assert.Equal((1u, 1u), info.Type);
        Assert.Equal(13u, info.Flags);
    }
}
