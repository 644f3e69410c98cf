using Mdev.Sdk.Testing;

namespace Mdev.Devices.Tests;

/// <summary>Memory between two processes.</summary>
public sealed class MappingTests
{
    [MappingFact]
    public void The_card_and_a_client_see_each_others_stores_and_none_of_them_traps()
    {
        using var device = new ServedDevice("shared");
        using MappedRegion bar = device.Client.MapRegion(0)!;
        using MappedRegion video = device.Client.MapRegion(2)!;
        Assert.Equal([new VfioRegionArea(0x1000, 0x2000)], bar.Info.Areas);
        Assert.Equal(13u, device.Client.GetRegionInfo(9).Flags);

        bar.At<uint>(0x1000) = 7;
        video.At<uint>(0xffffc) = 11;
        Assert.Equal(7u, device.Read(0, 0x08));
        Assert.Equal(11u, device.Read(0, 0x04));

        device.Write(0, 0x00, 100u);
        Assert.Equal(100u, bar.At<uint>(0x1000));
        Assert.Equal(100u + 0x400, video.At<uint>(0));

        bar.At<uint>(0x2000 + 8) = 3;
        Assert.Equal(0x01000003u, device.Read(0, 0x10));
        Assert.Equal(uint.MaxValue, device.Read(0, 0x10));
        Assert.Equal(0u, device.Read(0, 0x0c));
    }

    [MappingFact]
    public void The_mailboxes_memory_is_mapped()
    {
        using var device = new ServedDevice("mailbox");
        using MappedRegion letters = device.Client.MapRegion(1)!;
        letters.At<uint>(0x3ffc) = 5;
        Assert.Equal(5u, device.Read(1, 0x3ffc));
    }
}
