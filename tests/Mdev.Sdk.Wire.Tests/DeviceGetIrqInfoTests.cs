using Mdev.Sdk.Wire.Tests.Support;

namespace Mdev.Sdk.Wire.Tests;

/// <summary>DEVICE_GET_IRQ_INFO. Source: vfio-user, "VFIO_USER_DEVICE_GET_IRQ_INFO".</summary>
public sealed class DeviceGetIrqInfoTests : WireTest
{
    // Flags: 1 EVENTFD, 2 MASKABLE, 4 AUTOMASKED, 8 NORESIZE.
    [Theory]
    [InlineData(0, 7, 1)]
    [InlineData(1, 9, TestDevice.MsiVectors)]
    [InlineData(3, 9, 1)]
    [InlineData(4, 9, 1)]
    public void An_index_says_how_its_interrupts_are_used(uint index, uint flags, uint count) =>
        Assert.Equal(Raw.Bytes(16u, flags, index, count), Accepted(Raw.IrqInfoMessage(index)));

    [Fact]
    public void An_index_that_the_device_does_not_use_is_empty() =>
        Assert.Equal(Raw.Bytes(16u, 0u, 2u, 0u), Accepted(Raw.IrqInfoMessage(2)));

    [Fact]
    public void A_larger_argsz_is_answered_with_16_bytes() =>
        Assert.Equal(Raw.Bytes(16u, 7u, 0u, 1u), Accepted(Raw.IrqInfoMessage(0, argsz: 64)));

    [Theory]
    [InlineData(5)]
    [InlineData(uint.MaxValue)]
    public void An_index_past_the_last_is_refused(uint index) => Refused(Raw.IrqInfoMessage(index));

    [Theory]
    [InlineData(0)]
    [InlineData(8)]
    [InlineData(15)]
    public void An_argsz_without_room_for_the_answer_is_refused(uint argsz) => Refused(Raw.IrqInfoMessage(0, argsz));

    [Fact]
    public void A_request_cut_short_is_refused()
    {
        for (int length = 0; length < 16; length++)
            Refused(Raw.Message(Raw.GetIrqInfo, Raw.IrqInfoMessage(0)[16..(16 + length)]));
    }
}
