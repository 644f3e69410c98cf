using Mdev.Sdk;

namespace Mdev.Bridge.Tests.Protocol;

/// <summary>IOCTL: by the command's size, and unrestricted with RETRY.</summary>
public sealed class IoctlTests : IDisposable
{
    private const uint Retry = 4;
    private const ulong Address = 0x7fff_0000_1000;

    private readonly TestFile _file = new();
    private readonly KernelSide _kernel;
    private readonly ulong _handle;

    public IoctlTests()
    {
        _kernel = KernelSide.Of(_file);
        _handle = _kernel.Open();
    }

    public void Dispose() => _kernel.Dispose();

    [Fact]
    public void A_value_goes_in_and_a_value_comes_back()
    {
        _file.OnIoctl = (ref ioctl) => ioctl.Command == 0x5401 ? (int)ioctl.Argument + 1 : -(int)Errno.ENOTTY;
        Assert.Equal(12346u, _kernel.Ioctl(_handle, 0x5401, 12345, [], 0).U32(0));
        Assert.Equal(-(int)Errno.ENOTTY, _kernel.Ioctl(_handle, 0x5402, 0, [], 0).Error);
    }

    [Fact]
    public void What_the_caller_gets_comes_in_a_second_pass()
    {
        _file.OnIoctl = (ref ioctl) =>
        {
            if (ioctl.TryAccess(ioctl.Argument, 36, CharIoctlAccess.Out, out Span<byte> bytes))
                bytes.Fill(0xab);
            return 0;
        };
        Answer first = _kernel.Ioctl(_handle, 0x5401, Address, [], 0);
        Assert.Equal(32, first.Body.Length);
        Assert.Equal((0u, Retry, 0u, 1u), (first.U32(0), first.U32(4), first.U32(8), first.U32(12)));
        Assert.Equal((Address, 36ul), (first.U64(16), first.U64(24)));
        Answer second = _kernel.Ioctl(_handle, 0x5401, Address, [], 36);
        Assert.Equal(16 + 36, second.Body.Length);
        Assert.Equal(0u, second.U32(4));
        Assert.All(second.Body[16..], value => Assert.Equal(0xab, value));
    }

    [Fact]
    public void A_struct_that_says_how_long_it_is_takes_three_passes()
    {
        _file.OnIoctl = (ref ioctl) =>
        {
            if (!ioctl.TryAccess(ioctl.Argument, CharIoctlAccess.In, out Span<uint> size)
                || !ioctl.TryAccess(ioctl.Argument + 4, (int)size[0] - 4, CharIoctlAccess.InOut, out Span<byte> rest))
                return 0;
            rest.Reverse();
            return rest.Length;
        };
        Answer first = _kernel.Ioctl(_handle, 1, Address, [], 0);
        Assert.Equal((1u, 0u, Address, 4ul), (first.U32(8), first.U32(12), first.U64(16), first.U64(24)));
        Answer second = _kernel.Ioctl(_handle, 1, Address, [7, 0, 0, 0], 0);
        Assert.Equal((2u, 1u), (second.U32(8), second.U32(12)));
        Assert.Equal((Address, 4ul, Address + 4, 3ul, Address + 4, 3ul),
            (second.U64(16), second.U64(24), second.U64(32), second.U64(40), second.U64(48), second.U64(56)));
        Answer third = _kernel.Ioctl(_handle, 1, Address, [7, 0, 0, 0, 1, 2, 3], 3);
        Assert.Equal((3u, 0u), (third.U32(0), third.U32(4)));
        Assert.Equal([3, 2, 1], third.Body[16..]);
    }

    [Fact]
    public void Too_much_memory_or_too_many_pieces_is_ENOMEM()
    {
        int count = 0, pieces = 0;
        CharIoctlAccess access = CharIoctlAccess.Out;
        _file.OnIoctl = (ref ioctl) =>
        {
            for (int i = 0; i < pieces; i++)
            {
                if (!ioctl.TryAccess(ioctl.Argument + (ulong)i, count, access, out _) && ioctl.Refusal != Errno.None)
                    return 0;
            }
            return 0;
        };
        (count, pieces) = (CharIoctl.MaxBytes + 1, 1);
        Assert.Equal(-(int)Errno.ENOMEM, _kernel.Ioctl(_handle, 1, Address, [], 0).Error);
        (count, pieces) = (-1, 1);
        Assert.Equal(-(int)Errno.ENOMEM, _kernel.Ioctl(_handle, 1, Address, [], 0).Error);
        (count, pieces) = (1, 257);
        Assert.Equal(-(int)Errno.ENOMEM, _kernel.Ioctl(_handle, 1, Address, [], 0).Error);
        (count, pieces) = (1, 256);
        Assert.Equal(16 + (256 * 16), _kernel.Ioctl(_handle, 1, Address, [], 0).Body.Length);

        // Both ways count as two, of which the kernel takes 256 in all.
        (count, pieces, access) = (1, 129, CharIoctlAccess.InOut);
        Assert.Equal(-(int)Errno.ENOMEM, _kernel.Ioctl(_handle, 1, Address, [], 0).Error);
        (count, pieces, access) = (CharIoctl.MaxBytes, 1, CharIoctlAccess.InOut);
        Assert.Equal(Retry, _kernel.Ioctl(_handle, 1, Address, [], 0).U32(4));
        Assert.Equal(16 + CharIoctl.MaxBytes, _kernel.Ioctl(_handle, 1, Address, new byte[CharIoctl.MaxBytes], CharIoctl.MaxBytes).Body.Length);
    }

    [Fact]
    public void Where_the_kernel_goes_by_the_commands_size_nothing_else_is_to_be_had()
    {
        int count = 8;
        _file.OnIoctl = (ref ioctl) =>
        {
            if (ioctl.TryAccess(ioctl.Argument, count, CharIoctlAccess.InOut, out Span<byte> bytes))
                bytes.Reverse();
            return 0;
        };
        Assert.Equal([8, 7, 6, 5, 4, 3, 2, 1], _kernel.Ioctl(_handle, 1, Address, [1, 2, 3, 4, 5, 6, 7, 8], 8, flags: 0).Body[16..]);
        count = 9;
        Assert.Equal(-(int)Errno.ENOTTY, _kernel.Ioctl(_handle, 1, Address, [1, 2, 3, 4, 5, 6, 7, 8], 8, flags: 0).Error);
    }

    [Fact]
    public void An_ioctl_that_waits_is_made_again_with_what_it_came_with()
    {
        bool isThere = false;
        _file.OnIoctl = (ref ioctl) => ioctl.TryAccess(ioctl.Argument, 4, CharIoctlAccess.In, out Span<byte> bytes) && Volatile.Read(ref isThere)
            ? bytes[3]
            : CharFile.WouldBlock;
        ulong unique = _kernel.Send(39,
        [
            .. KernelSide.U64(_handle), .. KernelSide.U32(2), .. KernelSide.U32(1), .. KernelSide.U64(Address), .. KernelSide.U32(4),
            .. KernelSide.U32(0), 1, 2, 3, 4,
        ]);
        Assert.Equal(0u, _kernel.Poll(_handle, schedule: false).U32(4));
        Volatile.Write(ref isThere, true);
        _file.Queue.WakeUp();
        Answer answer = _kernel.Next();
        Assert.Equal((unique, 4u), (answer.Unique, answer.U32(0)));
    }

    [Fact]
    public void Sizes_that_lie_are_invalid()
    {
        byte[] head = [.. KernelSide.U64(_handle), .. KernelSide.U32(2), .. KernelSide.U32(1), .. KernelSide.U64(Address)];
        Assert.Equal(-(int)Errno.EINVAL, _kernel.Ask(39, [.. head, .. KernelSide.U32(4), .. KernelSide.U32(0), 1, 2, 3]).Error);
        _file.OnIoctl = (ref ioctl) => ioctl.TryAccess(ioctl.Argument, 4, CharIoctlAccess.Out, out _) ? 0 : 0;
        Assert.Equal(16 + 4, _kernel.Ask(39, [.. head, .. KernelSide.U32(0), .. KernelSide.U32(uint.MaxValue)]).Body.Length);
    }
}
