using Mdev.Sdk.Device;

namespace Mdev.Sdk.Tests.Device;

/// <summary>Who looks at a device sees all of it, in order.</summary>
public sealed class ObserverTests
{
    [Fact]
    public void A_request_comes_before_its_registers_and_its_reply_after_them()
    {
        using var device = new ScratchDevice();
        var seen = new Recorder();
        device.Add(seen);
        device.Write(0, 3, 0x5a);
        device.Read(0, 3, 1);
        Assert.Equal(
            ["request 0 3 5a", "R3 <- 5a", "reply None ", "request 0 3 ", "R3 -> 5a", "reply None 5a"], seen.Lines);
    }

    [Fact]
    public void Config_space_is_seen_too()
    {
        using var device = new ScratchDevice();
        var seen = new Recorder();
        device.Add(seen);
        device.Config(0, 2);
        Assert.Equal(["request 7 0 ", "reply None 3412"], seen.Lines);
    }

    [Fact]
    public void What_is_refused_is_seen_as_such()
    {
        using var device = new ScratchDevice();
        var seen = new Recorder();
        device.Add(seen);
        Assert.Equal(Errno.EINVAL, device.Read(0, 1000, new byte[1]));
        Assert.Equal(["request 0 3e8 ", "reply EINVAL "], seen.Lines);
    }

    [Fact]
    public void A_reset_of_a_clients_is_seen()
    {
        using var device = new ScratchDevice();
        var seen = new Recorder();
        device.Add(seen);
        device.ResetByClient();
        Assert.Equal(["reset"], seen.Lines);
    }

    [Fact]
    public void Several_look_at_once_beside_the_vendors_own_observer()
    {
        using var device = new ScratchDevice();
        Recorder own = new(), first = new(), second = new();
        device.Observer = own;
        device.Add(first);
        device.Add(second);
        device.Write(0, 0, 1);
        Assert.Equal(["R0 <- 01"], own.Lines);
        Assert.Equal(["request 0 0 01", "R0 <- 01", "reply None "], first.Lines);
        Assert.Equal(first.Lines, second.Lines);
    }

    [Fact]
    public void Who_has_left_sees_nothing_more()
    {
        using var device = new ScratchDevice();
        Recorder stays = new(), leaves = new();
        device.Add(stays);
        device.Add(leaves);
        device.Remove(leaves);
        device.Write(0, 0, 1);
        Assert.Empty(leaves.Lines);
        Assert.NotEmpty(stays.Lines);
        device.Remove(stays);
        Assert.Null(device.RegisterObserver);
    }

    private sealed class Recorder : IDeviceObserver
    {
        public List<string> Lines { get; } = [];

        public void OnAccess(in RegisterAccess access) =>
            Lines.Add($"{access.Register} {(access.IsWrite ? "<-" : "->")} {access.Value:x2}");

        public void OnRequest(uint region, ulong offset, int count, bool isWrite, ReadOnlySpan<byte> written) =>
            Lines.Add($"request {region} {offset:x} {Convert.ToHexStringLower(written)}");

        public void OnReply(Errno error, ReadOnlySpan<byte> read) => Lines.Add($"reply {error} {Convert.ToHexStringLower(read)}");

        public void OnInterrupt(int index, int vector) => Lines.Add($"interrupt {index} {vector}");

        public void OnReset() => Lines.Add("reset");
    }
}
