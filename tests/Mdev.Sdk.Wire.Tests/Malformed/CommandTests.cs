using Mdev.Sdk.Wire.Tests.Support;

namespace Mdev.Sdk.Wire.Tests.Malformed;

/// <summary>Commands that the server does not know. Source: vfio-user, "Commands".</summary>
public sealed class CommandTests : WireTest
{
    // 11 and 12 belong to the other direction, 14 to an earlier form of the protocol. The others that the server knows mean nothing in these forms.
    [Theory]
    [InlineData(0)]
    [InlineData(6)]
    [InlineData(11)]
    [InlineData(12)]
    [InlineData(14)]
    [InlineData(15)]
    [InlineData(16)]
    [InlineData(17)]
    [InlineData(18)]
    [InlineData(19)]
    [InlineData(999)]
    [InlineData(0xffff)]
    public void An_unknown_command_is_refused_whatever_its_length(ushort command)
    {
        Refused(Raw.Message(command, []));
        Refused(Raw.Message(command, new byte[16]));
        Refused(Raw.Message(command, new byte[100_000]));
    }

    [Theory]
    [InlineData(Raw.DmaMap)]
    [InlineData(Raw.DmaUnmap)]
    [InlineData(Raw.GetInfo)]
    [InlineData(Raw.GetRegionInfo)]
    [InlineData(Raw.GetIrqInfo)]
    [InlineData(Raw.SetIrqs)]
    [InlineData(Raw.RegionRead)]
    [InlineData(Raw.RegionWrite)]
    public void A_command_without_its_payload_is_refused(ushort command) => Refused(Raw.Message(command, []));
}
