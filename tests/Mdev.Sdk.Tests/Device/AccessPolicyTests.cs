using Mdev.Sdk.Registers;

namespace Mdev.Sdk.Tests.Device;

/// <summary>What a block's widths, alignment and byte order do to accesses.</summary>
public sealed class AccessPolicyTests
{
    [Theory]
    [InlineData(0, 4, true)]
    [InlineData(4, 8, false)]
    [InlineData(0, 2, false)]
    [InlineData(2, 4, false)]
    [InlineData(0, 3, false)]
    public void An_access_that_the_policy_excludes_meets_no_register(int offset, int length, bool answered)
    {
        var block = new ScratchBlock(32, AccessWidth.Dword)
        {
            Info = new("Strict", 32)
            {
                Min = AccessWidth.Dword, Max = AccessWidth.Dword, Unaligned = false, Unmapped = Unmapped.ReadOnes,
            },
        };
        using var device = new ScratchDevice(block);
        byte[] read = device.Read(0, (ulong)offset, length);
        device.Write(0, (ulong)offset, new byte[length]);
        Assert.Equal(answered ? 0 : 2, device.Counters.Unclaimed);
        Assert.All(read, b => Assert.Equal(answered ? 0x00 : 0xff, b));
        Assert.Equal(answered, block.Accesses.Count > 0);
    }

    [Fact]
    public void In_a_big_endian_block_the_lowest_address_has_the_highest_byte()
    {
        var block = new ScratchBlock(16, AccessWidth.Dword) { Info = new("Big", 16) { ByteOrder = ByteOrder.BigEndian } };
        using var device = new ScratchDevice(block);
        device.Write(0, 0, 0x11, 0x22, 0x33, 0x44);
        Assert.Equal(0x11223344ul, block.Lanes[0]);
        device.Write(0, 1, 0xaa);
        Assert.Equal(0x11aa3344ul, block.Lanes[0]);
        Assert.Equal([0xaa, 0x33], device.Read(0, 1, 2));
        Assert.Equal(["write 0 ffffffff", "write 0 ff0000", "read 0 ffff00"], block.Accesses);
    }

    [Fact]
    public void Where_no_driver_has_any_business_an_access_is_an_error_in_the_log_and_none_on_the_wire()
    {
        using var device = new ScratchDevice(new ScratchBlock(16, unmapped: Unmapped.Fault));
        Assert.Equal([0xff], device.Read(0, 8, 1));
        device.Read(0, 8, 1);
        Assert.StartsWith("Error: ", Assert.Single(device.Log.Lines), StringComparison.Ordinal);
    }
}
