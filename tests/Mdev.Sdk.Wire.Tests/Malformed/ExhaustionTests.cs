using Mdev.Sdk.Testing;
using Mdev.Sdk.Wire.Tests.Support;

namespace Mdev.Sdk.Wire.Tests.Malformed;

/// <summary>Clients that keep what others need: the device by saying nothing, descriptors by the piece.</summary>
public sealed class ExhaustionTests : IDisposable
{
    private readonly TestServer _server = new();

    public void Dispose() => _server.Dispose();

    [Fact]
    public void A_client_that_never_says_version_gives_way_to_one_that_does()
    {
        using VfioUserConnection silent = _server.Connect();
        Assert.True(Holdings.Eventually(() => CanConnect()), "The silent client keeps the device.");
        Assert.Null(silent.TryReceive());
    }

    [Fact]
    public void Descriptors_that_come_byte_by_byte_end_the_connection_and_are_closed()
    {
        using EventFd eventFd = new();
        int[] descriptors = [.. Enumerable.Repeat((int)eventFd.Handle.DangerousGetHandle(), 100)];
        int before = Holdings.Descriptors;
        using (VfioUserConnection greedy = _server.Connect())
        {
            // A message that is never complete, so its descriptors would be kept for it.
            byte[] start = Raw.WriteMessage(2, 0, new byte[1000]);
            greedy.Send(start.AsSpan(0, 20));
            for (int i = 20; i < 60 && greedy.TrySend(start.AsSpan(i, 1), descriptors); i++)
                Thread.Sleep(1);
            Assert.Null(greedy.TryReceive());
        }
        Assert.True(Holdings.Eventually(() => Holdings.Descriptors <= before), "Descriptors stay open.");
        _server.ConnectClient().Dispose();
    }

    private bool CanConnect()
    {
        try
        {
            _server.ConnectClient().Dispose();
            return true;
        }
        catch (Exception e) when (e is VfioException or IOException)
        {
            // Refused with a reason, or on a busy machine too late for one.
            return false;
        }
    }
}
