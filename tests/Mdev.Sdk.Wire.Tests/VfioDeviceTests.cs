using Mdev.Sdk.Device;
using Mdev.Sdk.Interrupts;
using Mdev.Sdk.Testing;
using Mdev.Sdk.Wire.Tests.Support;
using EventFd = Mdev.Sdk.Testing.EventFd;

namespace Mdev.Sdk.Wire.Tests;

/// <summary>Devices that are not PCI. Source: linux/vfio.h, struct vfio_device_info.</summary>
public sealed class VfioDeviceTests
{
    [Theory]
    [InlineData(DeviceApi.Platform, 5u)]
    [InlineData(DeviceApi.Amba, 9u)]
    [InlineData(DeviceApi.Ccw, 0x11u)]
    [InlineData(DeviceApi.Ap, 0x21u)]
    public void A_device_says_what_it_is_and_needs_neither_region_nor_interrupt(DeviceApi api, uint flags)
    {
        using DeviceServer server = new(new Plain(vfio => vfio.Api(api)));
        using VfioUserFrame info = server.Exchange(Raw.GetInfoMessage());
        Assert.Equal(Raw.Bytes(16u, flags, 0u, 0u), info.Payload.ToArray());

        AssertRefused(server, Raw.RegionInfoMessage(0, argsz: 32));
        AssertRefused(server, Raw.IrqInfoMessage(0));
        AssertRefused(server, Raw.ReadMessage(0, 0, 1));
        AssertRefused(server, Raw.ReadMessage(7, 0, 4));
        AssertRefused(server, Raw.SetIrqsMessage(0x21, 0, 0, 0));
        server.Client.Reset();
    }

    [Fact]
    public void Regions_and_interrupts_have_the_numbers_that_are_declared()
    {
        InterruptLine edge = new(), level = new();
        using DeviceServer server = new(new Plain(vfio => vfio.Api(DeviceApi.Platform)
            .Region(new LargeBlock(), new RegionAttribute(3))
            .Region(new MemoryRegion(0x30), new RegionAttribute(7) { Mapped = false })
            .Irq(edge, new IrqAttribute(1))
            .Irq(level, new IrqAttribute(4, IrqKind.Level))));

        Assert.Equal(new VfioDeviceInfo(5, 8, 5), server.Client.GetDeviceInfo());
        Assert.Equal(0ul, server.Client.GetRegionInfo(0).Size);
        Assert.Equal(LargeBlock.Size, server.Client.GetRegionInfo(3).Size);
        Assert.Equal(0x30ul, server.Client.GetRegionInfo(7).Size);
        Assert.Equal(new VfioIrqInfo(0, 0), server.Client.GetIrqInfo(0));
        Assert.Equal(new VfioIrqInfo(1, 1), server.Client.GetIrqInfo(1));
        Assert.Equal(new VfioIrqInfo(7, 1), server.Client.GetIrqInfo(4));
    }

    [Fact]
    public void Each_level_is_unmasked_by_an_eventfd_of_its_own()
    {
        InterruptLine[] lines = [new(), new(), new()];
        using DeviceServer server = new(new Plain(vfio =>
        {
            vfio.Api(DeviceApi.Platform);
            for (int i = 0; i < lines.Length; i++)
                vfio.Irq(lines[i], new IrqAttribute(i, IrqKind.Level));
        }));
        EventFd[] triggers = [new(), new(), new()], unmasks = [new(), new(), new()];
        for (uint i = 0; i < lines.Length; i++)
        {
            server.Client.ArmIrqs(i, triggers[i]);
            server.Client.SetIrqs(i, VfioIrqSet.DataEventFd | VfioIrqSet.Unmask, 0, 1, [], unmasks[i]);
        }

        foreach (InterruptLine line in lines)
            line.Assert();
        Assert.All(triggers, t => Assert.Equal(1ul, t.Take()));

        // Masked by their signals; the one in the middle is let through again, and it alone.
        unmasks[1].Signal();
        Assert.True(triggers[1].Wait(TimeSpan.FromSeconds(10)));
        Assert.Equal(1ul, triggers[1].Take());
        Assert.Equal(0ul, triggers[0].Take() + triggers[2].Take());

        // Its thread still hears messages, and the others' eventfds.
        _ = server.Client.GetDeviceInfo();
        unmasks[2].Signal();
        Assert.True(triggers[2].Wait(TimeSpan.FromSeconds(10)));
        Assert.All([.. triggers, .. unmasks], (EventFd e) => e.Dispose());
    }

    private static void AssertRefused(DeviceServer server, byte[] message)
    {
        using VfioUserFrame reply = server.Exchange(message);
        Assert.Equal(Errno.EINVAL, reply.Error);
        Assert.Equal(16, reply.Bytes.Length);
    }

    private sealed class Plain(Action<VfioDeclaration> declare) : VfioDevice
    {
        protected override void Declare(VfioDeclaration vfio) => declare(vfio);
    }
}
