using System.Runtime.InteropServices;

namespace Mdev.Sdk.Tests.CharDevices;

/// <summary>What the kernel is asked for, pass by pass, where it copies what it is told: a node of CUSE.</summary>
public sealed class CharIoctlTests
{
    private const ulong Address = 0x7fff_0000_1000;

    private readonly CharIoctlPiece[] _pieces = new CharIoctlPiece[2 * CharIoctl.MaxPieces];

    [Fact]
    public void A_struct_that_is_not_there_is_asked_for()
    {
        CharIoctl ioctl = Make([], 0);
        Assert.False(ioctl.TryAccess(Address, CharIoctlAccess.In, out Span<long> value));
        Assert.True(value.IsEmpty);
        Assert.True(ioctl.NeedsMore);
        Assert.Equal(Errno.None, ioctl.Refusal);
        Assert.Equal([new(Address, 8)], ioctl.InPieces.ToArray());
        Assert.True(ioctl.OutPieces.IsEmpty);
    }

    [Fact]
    public void A_struct_that_is_there_is_given()
    {
        CharIoctl ioctl = Make([1, 2, 3, 4, 5, 6, 7, 8], 0);
        Assert.True(ioctl.TryAccess(Address, CharIoctlAccess.In, out Span<ulong> value));
        Assert.Equal(0x0807_0605_0403_0201u, value[0]);
        Assert.False(ioctl.NeedsMore);
        Assert.Equal(0, ioctl.OutputLength);
    }

    [Fact]
    public void What_the_caller_gets_is_asked_for_too_and_begins_as_zeros()
    {
        CharIoctl ioctl = Make([], 0);
        Assert.False(ioctl.TryAccess(Address, 6, CharIoctlAccess.Out, out Span<byte> bytes));
        Assert.Equal([new(Address, 6)], ioctl.OutPieces.ToArray());

        byte[] output = new byte[6];
        ioctl = new CharIoctl(1, Address, [], output, _pieces);
        Assert.True(ioctl.TryAccess(Address, 6, CharIoctlAccess.Out, out bytes));
        Assert.Equal(new byte[6], bytes.ToArray());
        bytes[5] = 9;
        Assert.Equal([0, 0, 0, 0, 0, 9], output);
        Assert.Equal(6, ioctl.OutputLength);
    }

    [Fact]
    public void What_goes_both_ways_is_asked_for_twice_and_begins_as_the_caller_has_it()
    {
        CharIoctl ioctl = Make([], 0);
        Assert.False(ioctl.TryAccess(Address, 2, CharIoctlAccess.InOut, out Span<byte> bytes));
        Assert.Equal([new(Address, 2)], ioctl.InPieces.ToArray());
        Assert.Equal([new(Address, 2)], ioctl.OutPieces.ToArray());

        ioctl = Make([7, 8], 2);
        Assert.True(ioctl.TryAccess(Address, 2, CharIoctlAccess.InOut, out bytes));
        Assert.Equal([7, 8], bytes.ToArray());
    }

    [Fact]
    public void A_header_that_says_how_much_follows_takes_one_pass_for_each()
    {
        byte[] first = [12, 0, 0, 0], all = [12, 0, 0, 0, 12, 0, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8];
        CharIoctl ioctl = Make([], 0);
        Assert.Equal(0, Handle(ref ioctl));
        Assert.Equal([new(Address, 4)], ioctl.InPieces.ToArray());

        ioctl = Make(first, 0);
        Assert.Equal(0, Handle(ref ioctl));
        Assert.Equal([new(Address, 4), new(Address, 12)], ioctl.InPieces.ToArray());
        Assert.Equal([new(Address, 12)], ioctl.OutPieces.ToArray());

        ioctl = Make(all, 12);
        Assert.Equal(36, Handle(ref ioctl));
        Assert.False(ioctl.NeedsMore);
        Assert.Equal(12, ioctl.OutputLength);

        static int Handle(ref CharIoctl ioctl)
        {
            if (!ioctl.TryAccess(ioctl.Argument, CharIoctlAccess.In, out Span<int> size)
                || !ioctl.TryAccess(ioctl.Argument, size[0], CharIoctlAccess.InOut, out Span<byte> all))
                return 0;
            int sum = 0;
            foreach (byte value in all[4..])
                sum += value;
            return sum;
        }
    }

    [Fact]
    public void A_caller_that_changes_his_memory_in_between_is_asked_again()
    {
        // The first pass saw 4 bytes more, and now there are 8.
        CharIoctl ioctl = Make([8, 0, 0, 0, 1, 2, 3, 4], 0);
        Assert.True(ioctl.TryAccess(Address, 4, CharIoctlAccess.In, out Span<byte> size));
        Assert.False(ioctl.TryAccess(Address + 4, size[0], CharIoctlAccess.In, out _));
        Assert.True(ioctl.NeedsMore);
        Assert.Equal([new(Address, 4), new(Address + 4, 8)], ioctl.InPieces.ToArray());
    }

    [Fact]
    public void Nothing_is_a_piece_too()
    {
        CharIoctl ioctl = Make([], 0);
        Assert.True(ioctl.TryAccess(0, 0, CharIoctlAccess.InOut, out Span<byte> bytes));
        Assert.True(bytes.IsEmpty);
        Assert.False(ioctl.NeedsMore);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(int.MinValue)]
    [InlineData(CharIoctl.MaxBytes + 1)]
    [InlineData(int.MaxValue)]
    public void More_than_the_kernel_carries_is_refused(int count)
    {
        CharIoctl ioctl = Make([], 0);
        Assert.False(ioctl.TryAccess(Address, count, CharIoctlAccess.In, out _));
        Assert.Equal(Errno.ENOMEM, ioctl.Refusal);
        Assert.False(ioctl.NeedsMore);
    }

    [Fact]
    public void So_is_more_of_it_together_and_then_everything()
    {
        CharIoctl ioctl = Make([], 0);
        Assert.False(ioctl.TryAccess(Address, CharIoctl.MaxBytes, CharIoctlAccess.In, out _));
        Assert.False(ioctl.TryAccess(Address, CharIoctl.MaxBytes, CharIoctlAccess.Out, out _));
        Assert.Equal(Errno.None, ioctl.Refusal);
        Assert.True(ioctl.NeedsMore);

        Assert.False(ioctl.TryAccess(Address, 1, CharIoctlAccess.Out, out _));
        Assert.Equal(Errno.ENOMEM, ioctl.Refusal);
        Assert.False(ioctl.NeedsMore);
        Assert.False(ioctl.TryAccess(Address, 0, CharIoctlAccess.In, out _));
        Assert.Equal(Errno.ENOMEM, ioctl.Refusal);
        Assert.False(ioctl.NeedsMore);
    }

    [Theory]
    [InlineData(CharIoctlAccess.In, CharIoctl.MaxPieces)]
    [InlineData(CharIoctlAccess.Out, CharIoctl.MaxPieces)]
    [InlineData(CharIoctlAccess.InOut, CharIoctl.MaxPieces / 2)]
    public void More_pieces_than_the_kernel_takes_of_both_ways_together_are_refused(CharIoctlAccess access, int most)
    {
        CharIoctl ioctl = Make([], 0);
        for (int i = 0; i < most; i++)
        {
            Assert.False(ioctl.TryAccess(Address, 1, access, out _));
            Assert.Equal(Errno.None, ioctl.Refusal);
        }

        Assert.False(ioctl.TryAccess(Address, 1, access, out _));
        Assert.Equal(Errno.ENOMEM, ioctl.Refusal);
        Assert.True(ioctl.InPieces.Length + ioctl.OutPieces.Length <= CharIoctl.MaxPieces);
    }

    [Theory]
    [InlineData((CharIoctlAccess)0)]
    [InlineData((CharIoctlAccess)4)]
    public void Memory_that_goes_neither_way_is_the_vendors_mistake(CharIoctlAccess access) => Assert.Throws<ArgumentOutOfRangeException>(() =>
    {
        CharIoctl ioctl = Make([], 0);
        ioctl.TryAccess(Address, 1, access, out _);
    });

    [Fact]
    public void No_input_makes_it_throw_or_reach_beyond()
    {
        var random = new Random(7);
        byte[] input = new byte[64], output = new byte[64];
        for (int i = 0; i < 100_000; i++)
        {
            bool isDirect = random.Next(2) == 0;
            var ioctl = new CharIoctl(1, Address, input.AsSpan(0, random.Next(65)), output.AsSpan(0, random.Next(65)), isDirect ? [] : _pieces);
            for (int call = 0; call < 4; call++)
            {
                ulong address = random.Next(4) == 0 ? (ulong)random.NextInt64() : Address + (ulong)random.Next(-2, 70);
                int count = random.Next(8) == 0 ? random.Next(int.MinValue, int.MaxValue) : random.Next(-1, 70);
                var access = (CharIoctlAccess)random.Next(1, 4);
                if (ioctl.TryAccess(address, count, access, out Span<byte> bytes))
                {
                    Assert.Equal(count, bytes.Length);
                    Assert.True(bytes.Overlaps((access & CharIoctlAccess.Out) != 0 ? output : input) || count == 0);
                }
            }

            Assert.InRange(ioctl.OutputLength, 0, CharIoctl.MaxBytes);
            Assert.True(ioctl.NeedsMore || ioctl.Refusal != Errno.None || ioctl.OutputLength <= output.Length);
        }
    }

    private CharIoctl Make(byte[] input, int output) => new(1, Address, input, new byte[output], _pieces);
}
