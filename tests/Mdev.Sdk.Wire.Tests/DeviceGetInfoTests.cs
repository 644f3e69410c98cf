using Mdev.Sdk.Wire.Tests.Support;

namespace Mdev.Sdk.Wire.Tests;

/// <summary>DEVICE_GET_INFO. Source: vfio-user, "VFIO_USER_DEVICE_GET_INFO".</summary>
public sealed class DeviceGetInfoTests : WireTest
{
    [Fact]
    public void A_PCI_device_with_reset_has_9_regions_and_5_interrupt_indices() =>
        Assert.Equal(Raw.Bytes(16u, 3u, 9u, 5u), Accepted(Raw.GetInfoMessage()));

    [Fact]
    public void A_larger_argsz_is_answered_with_16_bytes() =>
        Assert.Equal(Raw.Bytes(16u, 3u, 9u, 5u), Accepted(Raw.GetInfoMessage(argsz: 32)));

    [Fact]
    public void A_longer_request_is_answered_with_16_bytes() =>
        Assert.Equal(
            Raw.Bytes(16u, 3u, 9u, 5u), Accepted(Raw.Message(Raw.GetInfo, Raw.Bytes(24u, 0u, 0u, 0u, 0u, 0u))));

    [Theory]
    [InlineData(0)]
    [InlineData(8)]
    [InlineData(15)]
    public void An_argsz_without_room_for_the_answer_is_refused(uint argsz) => Refused(Raw.GetInfoMessage(argsz));

    [Fact]
    public void A_request_cut_short_is_refused()
    {
        for (int length = 0; length < 16; length++)
            Refused(Raw.Message(Raw.GetInfo, Raw.GetInfoMessage()[16..(16 + length)]));
    }

    [Fact]
    public void Header_fields_of_a_request_are_repeated_in_its_reply()
    {
        Connection.Send(Raw.GetInfoMessage(id: 0xbeef));
        using var reply = Connection.Receive();
        Assert.Equal(Raw.Bytes((ushort)0xbeef, Raw.GetInfo, 32u, Raw.IsReply, 0u), reply.Bytes[..16].ToArray());
    }
}
