using Mdev.Sdk.Wire.Tests.Support;

namespace Mdev.Sdk.Wire.Tests;

/// <summary>DEVICE_GET_REGION_INFO. Source: vfio-user, "VFIO_USER_DEVICE_GET_REGION_INFO".</summary>
public sealed class DeviceGetRegionInfoTests : WireTest
{
    [Theory]
    [InlineData(0, 0x100)]
    [InlineData(2, 0x200000)]
    [InlineData(7, 0x100)]
    public void A_region_can_be_read_and_written(uint region, ulong size) =>
        Assert.Equal(Raw.Bytes(32u, 3u, region, 0u, size, 0ul), Accepted(Raw.RegionInfoMessage(region)));

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(8)]
    public void A_region_that_the_device_does_not_have_is_empty(uint region) =>
        Assert.Equal(Raw.Bytes(32u, 0u, region, 0u, 0ul, 0ul), Accepted(Raw.RegionInfoMessage(region)));

    [Fact]
    public void A_larger_argsz_is_answered_with_32_bytes() =>
        Assert.Equal(Raw.Bytes(32u, 3u, 0u, 0u, 0x100ul, 0ul), Accepted(Raw.RegionInfoMessage(0, argsz: 4096)));

    [Theory]
    [InlineData(9)]
    [InlineData(0x80000000)]
    [InlineData(uint.MaxValue)]
    public void An_index_past_the_last_is_refused(uint region) => Refused(Raw.RegionInfoMessage(region));

    [Theory]
    [InlineData(0)]
    [InlineData(8)]
    [InlineData(31)]
    public void An_argsz_without_room_for_the_answer_is_refused(uint argsz) => Refused(Raw.RegionInfoMessage(0, argsz));

    [Fact]
    public void A_request_cut_short_is_refused()
    {
        for (int length = 0; length < 32; length++)
            Refused(Raw.Message(Raw.GetRegionInfo, Raw.RegionInfoMessage(0)[16..(16 + length)]));
    }
}
