using System.Net;
using System.Net.Sockets;
using Mdev.Sdk.Display.Rfb;

namespace Mdev.Devices.Tests.Rfb;

/// <summary>Many viewers, slow ones, and ones that do not read: none is another's concern, nor the device's.</summary>
public sealed class RfbViewersTests
{
    [Fact]
    public void Fifty_see_the_same_at_once()
    {
        using var panel = new ShownPanel(320, 200);
        RfbClient[] viewers = [.. Enumerable.Range(0, 50).Select(i => panel.Connect().Encode(i % 2 == 0 ? RfbClient.Zrle : RfbClient.Raw))];
        try
        {
            for (int round = 1; round <= 5; round++)
            {
                ushort colour = (ushort)(round == 5 ? 0xffff : round);
                panel.Draw(0, 0, 320, 200, (_, _) => colour);
            }
            Parallel.ForEach(viewers, viewer => viewer.Follow((_, _) => 0xff_ffff));
        }
        finally
        {
            Array.ForEach(viewers, viewer => viewer.Dispose());
        }
        Assert.Empty(panel.Log.Warnings);
    }

    [Fact]
    public void One_too_many_is_turned_away_and_finds_a_place_when_another_goes()
    {
        using var panel = new ShownPanel(64, 64);
        RfbClient[] viewers = [.. Enumerable.Range(0, 64).Select(_ => panel.Connect())];
        using (var late = new RfbClient(panel.Place))
            Assert.True(late.IsEnded());
        Assert.Contains("it is one too many, of 64", Assert.Single(panel.Log.Warnings), StringComparison.Ordinal);
        viewers[0].Dispose();
        Assert.True(SpinWait.SpinUntil(() => IsAdmitted(panel, out viewers[0]), 30_000));
        viewers[0].Refresh();
        Array.ForEach(viewers, viewer => viewer.Dispose());
    }

    [Fact]
    public void One_that_does_not_read_holds_up_nobody()
    {
        using var panel = new ShownPanel(1600, 1200);
        using var stuck = new RfbClient(panel.Place, receiveBuffer: 4096);
        stuck.Begin("003.008");
        using RfbClient other = panel.Connect().Encode(RfbClient.Zrle);
        for (int round = 1; round < 20; round++)
        {
            ushort colour = (ushort)(round == 19 ? 0xffff : round);
            for (int ask = 0; ask < 100; ask++)
                stuck.Request(incremental: false);
            panel.Draw(0, 0, 1600, 1200, (_, _) => colour);

            // What it presses is heard all the same.
            stuck.Key(0x61, isDown: true);
            other.Refresh();
        }
        other.Follow((_, _) => 0xff_ffff);
        Assert.True(SpinWait.SpinUntil(() => panel.Read(0x24) == 19, 30_000));

        // Nothing has piled up: it reads again, and is soon where the others are.
        stuck.Update();
        stuck.Follow((_, _) => 0xff_ffff);
        Assert.InRange(stuck.Received, 1, 5L * 1600 * 1200 * 4);
        Assert.Empty(panel.Log.Warnings);
    }

    [Fact]
    public async Task One_that_does_not_read_is_given_up_in_the_end()
    {
        using var panel = new ShownPanel(1600, 1200);
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using var stuck = new RfbClient((IPEndPoint)listener.LocalEndpoint, receiveBuffer: 4096);
        using var stream = new RfbStream(await listener.AcceptSocketAsync());
        using IDisposable watch = panel.Screen.Watch();
        using var requests = new ViewerRequests();
        using var updates = new RfbUpdates(stream, panel.Screen, requests, deadline: TimeSpan.FromMilliseconds(300));
        requests.Ask(new ScreenArea(0, 0, 1600, 1200), isIncremental: true);
        var given = await Assert.ThrowsAsync<RfbException>(
            () => updates.SendAsync(() => ViewerSettings.Default, CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(30)));
        Assert.Equal("does not read what it asks for", given.Message);
    }

    [Fact]
    public void A_device_that_is_removed_turns_its_viewers_away_whatever_they_do()
    {
        using var panel = new ShownPanel(1600, 1200);
        using RfbClient waiting = panel.Connect();
        waiting.Refresh();
        waiting.Request(incremental: true);
        using var silent = new RfbClient(panel.Place);
        using var stuck = new RfbClient(panel.Place, receiveBuffer: 4096);
        stuck.Begin("003.008");
        stuck.Request(incremental: false);
        panel.Remove(panel.Uuid);
        Assert.True(waiting.IsEnded());
        Assert.True(silent.IsEnded());
        Assert.True(stuck.IsEnded());
        Assert.Empty(panel.Log.Warnings);
    }

    // The one before may not have been missed yet.
    private static bool IsAdmitted(ShownPanel panel, out RfbClient viewer)
    {
        viewer = new RfbClient(panel.Place);
        try
        {
            return viewer.Begin("003.008") == 0;
        }
        catch (Exception e) when (e is EndOfStreamException or SocketException)
        {
            viewer.Dispose();
            return false;
        }
    }
}
