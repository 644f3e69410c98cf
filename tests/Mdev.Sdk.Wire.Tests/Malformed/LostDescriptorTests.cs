using Mdev.Sdk.Testing;
using Mdev.Sdk.Wire.Tests.Fuzz;
using Mdev.Sdk.Wire.Tests.Support;

namespace Mdev.Sdk.Wire.Tests.Malformed;

/// <summary>A process that may open no more: the kernel passes a message on and drops its descriptors.</summary>
public sealed class LostDescriptorTests
{
    [Fact]
    public void A_message_whose_descriptors_the_process_cannot_take_is_refused_and_works_later()
    {
        using var host = new FuzzHost(descriptors: 400);
        using VfioUserClient client = VfioUserClient.Connect(host.SocketOf("msix"));
        using SharedMemory memory = new(0x1000);
        using EventFd vector = new();
        client.MapDma(0, 0x1000, memory);
        client.UnmapDma(0, 0x1000);

        host.Fill(full: true);
        Assert.Equal(Errno.EMFILE, client.TryMapDma(0, 0x1000, memory));
        Assert.Equal(
            Errno.EMFILE, client.TrySetIrqs(2, VfioIrqSet.DataEventFd | VfioIrqSet.Trigger, start: 0, count: 1, eventFds: [vector]));
        client.GetDeviceInfo();

        host.Fill(full: false);
        client.MapDma(0, 0x1000, memory);
        client.Dispose();
        Assert.True(host.Stop(), host.Errors);
    }
}
