namespace Mdev.Devices.Tests.Rfb;

/// <summary>What is no RFB ends its own connection, with a line, and nothing else.</summary>
public sealed class RfbMalformedTests
{
    private static readonly byte[] s_version = "RFB 003.008\n"u8.ToArray();

    public static TheoryData<string, byte[]> Openings() => new()
    {
        { "speaks no RFB", "GET / HTTP/1.1\r\n"u8.ToArray() },
        { "speaks no RFB", "RFB 00x.008\n"u8.ToArray() },
        { "speaks no RFB", "RFB 003-008\n"u8.ToArray() },
        { "speaks no RFB", "RFB 003.008\r"u8.ToArray() },
        { "speaks no RFB", "RFB 003.0\x308\n"u8.ToArray() },
        { "chose a security type", [.. s_version, 0] },
        { "chose a security type", [.. s_version, 2] },
        { "chose a security type", [.. s_version, 255] },
    };

    public static TheoryData<string, byte[]> Messages() => new()
    {
        { "unknown type 1", [1] },
        { "unknown type 7", [7, 0, 0] },
        { "unknown type 150", [150] },
        { "unknown type 255", [255] },
        { "sent a text of 1048577 bytes", [6, 0, 0, 0, 0, 0x10, 0, 1] },
        { "sent a text of 4294967295 bytes", [6, 0, 0, 0, 255, 255, 255, 255] },
        { "neither 8, 16 nor 32 bits", Format(24, 24, 1, 255, 0) },
        { "neither 8, 16 nor 32 bits", Format(0, 0, 1, 0, 0) },
        { "neither 8, 16 nor 32 bits", Format(255, 255, 255, 65535, 255) },
        { "by a colour map", Format(8, 8, 0, 7, 0) },
        { "do not fit into a pixel", Format(8, 8, 1, 255, 1) },
        { "do not fit into a pixel", Format(16, 16, 1, 31, 12) },
        { "do not fit into a pixel", Format(32, 24, 1, 255, 25) },
        { "do not fit into a pixel", Format(32, 24, 1, 1, 32) },
        { "do not fit into a pixel", Format(32, 24, 1, 1, 64) },
        { "do not fit into a pixel", Format(32, 24, 1, 0, 255) },
    };

    [Theory]
    [MemberData(nameof(Openings))]
    public void A_handshake_that_is_none_ends_the_connection(string reason, byte[] bytes)
    {
        using var panel = new ShownPanel(64, 64);
        using var viewer = new RfbClient(panel.Place);
        viewer.Send(bytes);
        Assert.True(viewer.IsEnded());
        HasLogged(panel, reason);
        panel.Connect().Refresh();
    }

    [Theory]
    [MemberData(nameof(Messages))]
    public void A_message_that_is_none_ends_the_connection(string reason, byte[] bytes)
    {
        using var panel = new ShownPanel(64, 64);
        using RfbClient other = panel.Connect(), viewer = panel.Connect();
        viewer.Send(bytes);
        Assert.True(viewer.IsEnded());
        HasLogged(panel, reason);
        other.Refresh();
    }

    [Fact]
    public void A_connection_that_ends_in_a_message_was_no_mistake_wherever_it_ends()
    {
        using var panel = new ShownPanel(64, 64);
        byte[] conversation =
        [
            .. s_version, 1, 1,
            .. ViewerFormat.Usual.Message,
            2, 0, 0, 2, 0, 0, 0, 16, 255, 255, 255, 33,
            3, 0, 0, 0, 0, 0, 0, 64, 0, 64,
            4, 1, 0, 0, 0, 0, 255, 13,
            5, 1, 0, 1, 0, 1,
            6, 0, 0, 0, 0, 0, 0, 3, 97, 98, 99,
        ];
        for (int length = 0; length <= conversation.Length; length++)
        {
            using var viewer = new RfbClient(panel.Place);
            viewer.Send(conversation[..length]);
            viewer.Finish();
            Assert.True(viewer.IsEnded());
        }
        Assert.Empty(panel.Log.Warnings);
        panel.Connect().Refresh();
    }

    [Fact]
    public void A_conversation_byte_by_byte_is_understood()
    {
        using var panel = new ShownPanel(64, 64);
        using RfbClient viewer = panel.Connect();
        foreach (byte value in (byte[])[.. ViewerFormat.Usual.Message, 2, 0, 0, 1, 0, 0, 0, 16, 5, 1, 0, 1, 0, 1])
            viewer.Send([value]);
        Assert.Equal(RfbClient.Zrle, Assert.Single(viewer.Refresh()).Encoding);
        Assert.Equal(1u, panel.Read(0x30));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Random_bytes_do_no_harm(int seed)
    {
        var random = new Random(seed);
        using var panel = new ShownPanel(130, 70);
        for (int round = 0; round < 100; round++)
        {
            using var viewer = new RfbClient(panel.Place);
            byte[] bytes = new byte[random.Next(400)];
            random.NextBytes(bytes);

            // Most of them as far as messages, and each of those begun as one that there is.
            for (int i = 0; i < bytes.Length; i += random.Next(1, 12))
                bytes[i] = (byte)(random.Next(7) is var type && type == 1 ? 3 : type);
            viewer.Send(random.Next(4) == 0 ? bytes : [.. s_version, 1, 1, .. bytes]);
            viewer.Finish();
            Assert.True(viewer.IsEnded());
        }
        Assert.DoesNotContain(panel.Log.All, line => line.StartsWith("Error", StringComparison.Ordinal));
        panel.Connect().Refresh();
    }

    [Fact]
    public void Many_mistakes_are_few_lines()
    {
        using var panel = new ShownPanel(64, 64);
        for (int i = 0; i < 300; i++)
        {
            using var viewer = new RfbClient(panel.Place);
            viewer.Send("GET / HTTP/1.1\r\n"u8.ToArray());
            Assert.True(viewer.IsEnded());
        }
        Assert.InRange(panel.Log.Warnings.Length, 1, 100);
    }

    private static byte[] Format(int bits, int depth, int trueColour, int max, int shift)
    {
        byte[] message = new ViewerFormat(bits, depth, false, max, max, max, shift, 0, 0).Message;
        message[7] = (byte)trueColour;
        return message;
    }

    private static void HasLogged(ShownPanel panel, string reason) =>
        Assert.True(
            SpinWait.SpinUntil(() => panel.Log.Warnings is [var line] && line.Contains(reason, StringComparison.Ordinal), 30_000),
            string.Join('\n', panel.Log.All));
}
