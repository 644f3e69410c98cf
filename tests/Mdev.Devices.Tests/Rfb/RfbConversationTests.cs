using System.Net;
using Mdev.Sdk.Display.Rfb;

namespace Mdev.Devices.Tests.Rfb;

/// <summary>Handshakes of all versions, passwords, keys and pointers. Source: RFC 6143, sections 7.1 to 7.3 and 7.5.</summary>
public sealed class RfbConversationTests
{
    [Theory]
    [InlineData("003.008")]
    [InlineData("003.007")]
    [InlineData("003.003")]
    [InlineData("003.005")]
    [InlineData("003.889")]
    public void A_viewer_of_each_version_looks(string version)
    {
        using var panel = new ShownPanel(64, 64);
        panel.Draw(0, 0, 64, 64, (_, _) => 0xffff);
        using RfbClient viewer = RfbClient.Connect(panel.Place, version);
        Assert.Equal(ViewerFormat.Usual, viewer.Format);
        viewer.Follow((_, _) => 0xff_ffff);
        viewer.Dispose();
        Until(() => panel.Log.All.Any(line => line.EndsWith("is gone.", StringComparison.Ordinal)), panel);
        Assert.Empty(panel.Log.Warnings);
    }

    [Theory]
    [InlineData("003.008")]
    [InlineData("003.007")]
    [InlineData("003.003")]
    public void Where_other_machines_can_connect_a_password_is_asked_for(string version)
    {
        using var panel = new ShownPanel(64, 64, IPAddress.Any.ToString());
        Assert.Equal(8, panel.Password.Length);
        var place = new IPEndPoint(IPAddress.Loopback, panel.Place.Port);
        using (RfbClient viewer = RfbClient.Connect(place, version, panel.Password))
            viewer.Refresh();

        using var stranger = new RfbClient(place);
        Assert.Equal(1u, stranger.Begin(version, "guessed!"));
        if (version == "003.008")
            Assert.Equal("The password is wrong.", stranger.Text((int)stranger.Number()));
        Assert.True(stranger.IsEnded());
        Until(() => panel.Log.Warnings is [var line] && line.Contains("it does not know the password", StringComparison.Ordinal), panel);
    }

    [Fact]
    public void Ten_wrong_passwords_in_a_minute_slow_down_the_next()
    {
        VncPassword password = VncPassword.Make();
        for (int mistake = 1; mistake < 10; mistake++)
        {
            Assert.Equal(TimeSpan.Zero, password.Delay());
            Assert.False(password.Accepts(new byte[16], new byte[16]));
        }
        Assert.True(password.Delay() > TimeSpan.Zero);
        Assert.NotEqual(password.Text, VncPassword.Make().Text);
    }

    [Fact]
    public void Who_says_nothing_more_before_it_may_look_is_given_up()
    {
        using var panel = new ShownPanel(64, 64);
        using RfbClient nothing = new(panel.Place), half = new(panel.Place), version = new(panel.Place);
        half.Send("RFB 003.0"u8.ToArray());
        version.Send("RFB 003.008\n"u8.ToArray());
        Assert.True(nothing.IsEnded() && half.IsEnded() && version.IsEnded());
        Until(() => panel.Log.Warnings is [var line] && line.Contains("has not finished the handshake", StringComparison.Ordinal), panel);
    }

    [Fact]
    public void A_viewer_of_this_machine_needs_none()
    {
        using var panel = new ShownPanel(64, 64);
        Assert.Equal(IPAddress.Loopback, panel.Place.Address);
        using RfbClient viewer = panel.Connect();
        Assert.Equal($"{panel.Uuid}: vnc {panel.Place}", Assert.Single(panel.Told));
    }

    [Fact]
    public void Keys_and_the_pointer_are_the_device_s()
    {
        using var panel = new ShownPanel(320, 200);
        using RfbClient viewer = panel.Connect();
        viewer.Key(0xff0d, isDown: true);
        Until(() => panel.Read(0x24) == 1, panel);
        Assert.Equal(0x8000_ff0du, panel.Read(0x20));
        viewer.Key(0x0100_20ac, isDown: false);
        Until(() => panel.Read(0x24) == 2, panel);
        Assert.Equal(0x0100_20acu, panel.Read(0x20));

        viewer.Pointer(319, 199, 0b101);
        Until(() => panel.Read(0x30) == 1, panel);
        Assert.Equal((199u << 16 | 319u, 0b101u), (panel.Read(0x28), panel.Read(0x2c)));

        // Beyond the screen it is at its edge; a button that no device hears of is none.
        viewer.Pointer(65535, 65535, 0xff);
        Until(() => panel.Read(0x30) == 2, panel);
        Assert.Equal((199u << 16 | 319u, 0b11111u), (panel.Read(0x28), panel.Read(0x2c)));
    }

    [Fact]
    public void What_a_viewer_holds_down_when_it_goes_it_has_let_go()
    {
        using var panel = new ShownPanel(320, 200);
        using (RfbClient viewer = panel.Connect())
        {
            viewer.Key(0x61, isDown: true);
            viewer.Key(0x61, isDown: false);
            viewer.Key(0xffe1, isDown: true);
            viewer.Pointer(5, 6, 1);
            Until(() => panel.Read(0x24) == 3 && panel.Read(0x30) == 1, panel);
        }
        Until(() => panel.Read(0x24) == 4 && panel.Read(0x30) == 2, panel);
        Assert.Equal((0xffe1u, 6u << 16 | 5, 0u), (panel.Read(0x20), panel.Read(0x28), panel.Read(0x2c)));
    }

    [Fact]
    public void A_clipboard_is_passed_over()
    {
        using var panel = new ShownPanel(64, 64);
        using RfbClient viewer = panel.Connect();
        viewer.Send([6, 0, 0, 0, 0, 1, 0, 0, .. new byte[65536]]);
        viewer.Send([6, 0, 0, 0, 0, 0, 0, 0]);
        viewer.Refresh();
        Assert.Empty(panel.Log.Warnings);
    }

    [Fact]
    public void Each_instance_has_a_port_and_the_first_one_s_is_kept()
    {
        using var panel = new ShownPanel(64, 64);
        IPEndPoint first = panel.Place;
        (Guid second, _) = panel.Add();
        Assert.NotEqual(first.Port, panel.PlaceOf(second).Port);
        using RfbClient one = panel.Connect(), other = RfbClient.Connect(panel.PlaceOf(second));
        Assert.Equal(($"mdev {panel.Uuid}", $"mdev {second}"), (one.Name, other.Name));

        panel.Remove(panel.Uuid);
        Assert.True(one.IsEnded());
        other.Refresh();
        using (var nobody = new RfbClient(first))
            Assert.True(nobody.IsEnded());

        (Guid third, _) = panel.Add();
        Assert.Equal(first, panel.PlaceOf(third));
        panel.Remove(second);
        Assert.True(other.IsEnded());
        using RfbClient again = RfbClient.Connect(first);
        Assert.Equal($"mdev {third}", again.Name);
    }

    private static void Until(Func<bool> condition, ShownPanel panel) =>
        Assert.True(SpinWait.SpinUntil(condition, 30_000), string.Join('\n', panel.Log.All));
}
