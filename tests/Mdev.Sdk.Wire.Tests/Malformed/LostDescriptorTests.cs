using Mdev.Sdk.Testing;
using Mdev.Sdk.Wire.Tests.Fuzz;
using Mdev.Sdk.Wire.Tests.Support;

namespace Mdev.Sdk.Wire.Tests.Malformed;

/// <summary>A process that may open no more: the kernel passes a message on and drops its descriptors.</summary>
public sealed class LostDescriptorTests
{
    private const int MostInOneMessage = 253;

    [Fact]
    public void A_message_whose_descriptors_the_process_cannot_take_is_refused_and_works_later()
    {
        using var host = new FuzzHost(descriptors: 400);
        using VfioUserClient client = VfioUserClient.Connect(host.SocketOf("memory"));
        using SharedMemory memory = new(0x1000);
        Assert.False(IsFull(client, memory));

        // Messages that are never complete keep what came with them.
        using EventFd eventFd = new();
        int[] many = [.. Enumerable.Repeat(eventFd.Descriptor, MostInOneMessage)];
        byte[] start = Raw.WriteMessage(0, 0, new byte[100]);
        using (VfioUserConnection greedy = VfioUserConnection.Connect(host.SocketOf("test")))
        using (VfioUserConnection other = VfioUserConnection.Connect(host.SocketOf("msix")))
        {
            greedy.Send(start.AsSpan(0, 20), many);
            other.Send(start.AsSpan(0, 20), many);
            Assert.True(Holdings.Eventually(() => IsFull(client, memory)), "Nothing was lost.");
            client.GetDeviceInfo();
        }

        Assert.True(Holdings.Eventually(() => !IsFull(client, memory)), "The process stays full.");
        client.Dispose();
        Assert.True(host.Stop(), host.Errors);
    }

    private static bool IsFull(VfioUserClient client, SharedMemory memory)
    {
        Errno error = client.TryMapDma(0, 0x1000, memory);
        if (error == Errno.None)
            client.UnmapDma(0, 0x1000);
        else
            Assert.Equal(Errno.EMFILE, error);
        return error != Errno.None;
    }
}
