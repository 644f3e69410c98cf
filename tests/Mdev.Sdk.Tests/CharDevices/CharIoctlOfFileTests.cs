namespace Mdev.Sdk.Tests.CharDevices;

/// <summary>What can be had where the kernel has copied by the command's number: a file in an instance's folder.</summary>
public sealed class CharIoctlOfFileTests
{
    private const ulong Address = 0x7fff_0000_1000;

    [Fact]
    public void All_that_was_copied_can_be_had_by_pieces()
    {
        CharIoctl ioctl = Make([8, 0, 0, 0, 5, 6, 7, 8], 8);
        Assert.True(ioctl.TryAccess(Address, CharIoctlAccess.In, out Span<int> size));
        Assert.Equal(8, size[0]);
        Assert.True(ioctl.TryAccess(Address, size[0], CharIoctlAccess.InOut, out Span<byte> all));
        Assert.Equal([8, 0, 0, 0, 5, 6, 7, 8], all.ToArray());
        Assert.True(ioctl.TryAccess(Address + 6, 2, CharIoctlAccess.In, out Span<byte> tail));
        Assert.Equal([7, 8], tail.ToArray());
        Assert.False(ioctl.NeedsMore);
        Assert.Equal(8, ioctl.OutputLength);
    }

    [Fact]
    public void What_the_caller_gave_stays_where_nothing_is_written()
    {
        byte[] output = new byte[4];
        var ioctl = new CharIoctl(1, Address, new byte[] { 1, 2, 3, 4 }, output, []);
        Assert.True(ioctl.TryAccess(Address + 2, 1, CharIoctlAccess.Out, out Span<byte> third));
        Assert.Equal([0], third.ToArray());
        third[0] = 9;
        Assert.Equal([1, 2, 9, 4], output);
        Assert.Equal(3, ioctl.OutputLength);
    }

    [Theory]
    [InlineData(0UL, 5)]
    [InlineData(1UL, 4)]
    [InlineData(4UL, 1)]
    [InlineData(ulong.MaxValue, 1)]
    [InlineData(1UL << 40, 1)]
    [InlineData(0UL, int.MaxValue)]
    [InlineData((ulong)CharIoctl.MaxBytes, int.MaxValue)]
    public void Other_memory_cannot(ulong offset, int count)
    {
        foreach (CharIoctlAccess access in Enum.GetValues<CharIoctlAccess>())
        {
            CharIoctl ioctl = Make([1, 2, 3, 4], 4);
            Assert.False(ioctl.TryAccess(unchecked(Address + offset), count, access, out Span<byte> bytes));
            Assert.True(bytes.IsEmpty);
            Assert.Equal(Errno.ENOTTY, ioctl.Refusal);
            Assert.False(ioctl.NeedsMore);
        }
    }

    [Fact]
    public void A_direction_that_the_number_does_not_say_cannot()
    {
        CharIoctl given = Make([1, 2, 3, 4], 0);
        Assert.False(given.TryAccess(Address, CharIoctlAccess.Out, out Span<int> _));
        Assert.Equal(Errno.ENOTTY, given.Refusal);

        CharIoctl got = Make([], 4);
        Assert.False(got.TryAccess(Address, CharIoctlAccess.InOut, out Span<int> _));
        Assert.Equal(Errno.ENOTTY, got.Refusal);
    }

    private static CharIoctl Make(byte[] input, int output) => new(1, Address, input, new byte[output], []);
}
