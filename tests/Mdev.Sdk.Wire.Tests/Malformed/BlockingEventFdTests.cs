using System.Runtime.InteropServices;
using Mdev.Sdk.Testing;
using Mdev.Sdk.Wire.Tests.Support;

namespace Mdev.Sdk.Wire.Tests.Malformed;

/// <summary>A client that takes back what keeps an eventfd from blocking: the flag belongs to both sides.</summary>
public sealed class BlockingEventFdTests : IDisposable
{
    private const int F_SETFL = 4;
    private const ulong Full = ulong.MaxValue - 1;

    private readonly TestServer _server = new();

    public void Dispose() => _server.Dispose();

    [Fact]
    public void A_full_eventfd_that_blocks_keeps_the_next_client_not_for_long()
    {
        using EventFd trigger = new();
        VfioUserClient hostile = Block(trigger);
        hostile.Connection.Dispose();
        using VfioUserClient next = Next();
        Assert.Equal(5u, next.GetDeviceInfo().Irqs);
    }

    [Fact]
    public async Task A_full_eventfd_that_blocks_does_not_keep_the_server_from_ending()
    {
        using EventFd trigger = new();
        using VfioUserClient hostile = Block(trigger);
        await Task.Run(_server.End).WaitAsync(TimeSpan.FromSeconds(30));
    }

    // The server's thread signals, and waits in the kernel with the device's lock.
    private unsafe VfioUserClient Block(EventFd trigger)
    {
        VfioUserClient client = _server.ConnectClient();
        client.ArmIrqs(1, trigger);
        Assert.Equal(0, fcntl(trigger.Descriptor, F_SETFL, 2));
        ulong full = Full;
        Assert.Equal(8, write(trigger.Descriptor, &full, sizeof(ulong)));
        client.Connection.Send(Raw.SetIrqsMessage((uint)(VfioIrqSet.DataNone | VfioIrqSet.Trigger), index: 1, start: 0, count: 1));
        Thread.Sleep(100);
        return client;
    }

    private VfioUserClient Next()
    {
        for (int attempt = 0; ; attempt++)
        {
            try
            {
                return _server.ConnectClient();
            }
            catch (Exception e) when (e is VfioException or IOException && attempt < 50)
            {
                Thread.Sleep(100);
            }
        }
    }

    [DllImport("libc")]
    private static extern int fcntl(int fd, int command, int argument);

    [DllImport("libc")]
    private static extern unsafe nint write(int fd, void* buffer, nuint count);
}
