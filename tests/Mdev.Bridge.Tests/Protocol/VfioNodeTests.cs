using Mdev.Sdk;
using Mdev.Sdk.Bridge.Devices;
using Mdev.Sdk.Bridge.Files;

namespace Mdev.Bridge.Tests.Protocol;

/// <summary>VFIO's ioctls, as struct after struct of the caller's memory.</summary>
public sealed class VfioNodeTests : IDisposable
{
    private const uint GetInfo = 0x3b6b, GetRegionInfo = 0x3b6c, GetIrqInfo = 0x3b6d, SetIrqs = 0x3b6e, Reset = 0x3b6f, Feature = 0x3b75;
    private const uint RegionRead = 0x3be0, RegionWrite = 0x3be1;
    private const int Invalid = -(int)Errno.EINVAL, NoSuch = -(int)Errno.ENOTTY, Busy = -(int)Errno.EBUSY;

    private readonly PlainDevice _device = PlainDevice.Make();
    private readonly KernelSide _kernel;
    private readonly ulong _handle;

    public VfioNodeTests()
    {
        _kernel = KernelSide.Of(new VfioNodeFile(_device, new CallGuard()));
        _handle = _kernel.Open();
    }

    public void Dispose()
    {
        _kernel.Dispose();
        _device.Dispose();
    }

    [Fact]
    public void A_device_tells_what_it_is()
    {
        Memory memory = new(16);
        memory.Set(0, 16);
        Assert.Equal(0, Call(GetInfo, memory));
        Assert.Equal((uint)_device.RegionCount, memory.U32(8));
        Assert.Equal((uint)_device.Interrupts.Count, memory.U32(12));
        memory.Set(0, 15);
        Assert.Equal(Invalid, Call(GetInfo, memory));
    }

    [Fact]
    public void A_region_tells_what_it_is()
    {
        Memory memory = new(32);
        memory.Set(0, 32);
        Assert.Equal(0, Call(GetRegionInfo, memory));
        Assert.Equal(1ul << 17, memory.U64(16));
        memory.Set(8, 99);
        Assert.Equal(Invalid, Call(GetRegionInfo, memory));
        memory.Set(8, 0);
        memory.Set(0, 31);
        Assert.Equal(Invalid, Call(GetRegionInfo, memory));

        // More than there is to tell, and far more.
        Memory large = new(200);
        large.Set(0, 200);
        Assert.Equal(0, Call(GetRegionInfo, large));
        Assert.Equal(1ul << 17, large.U64(16));
        large.Set(0, uint.MaxValue);
        Assert.Equal(0, Call(GetRegionInfo, large));
    }

    [Fact]
    public void An_interrupt_tells_what_it_is()
    {
        Memory memory = new(16);
        memory.Set(0, 16);
        memory.Set(8, 1);
        Assert.Equal(0, Call(GetIrqInfo, memory));
        Assert.Equal(2u, memory.U32(12));
        memory.Set(8, 77);
        Assert.Equal(Invalid, Call(GetIrqInfo, memory));
    }

    [Fact]
    public void Regions_are_read_and_written_by_ioctl()
    {
        Memory memory = Region(offset: 0x101, count: 3);
        memory.Bytes[24] = 7;
        memory.Bytes[26] = 9;
        Assert.Equal(0, Call(RegionWrite, memory));
        Memory back = Region(offset: 0x100, count: 4);
        Assert.Equal(0, Call(RegionRead, back));
        Assert.Equal([0, 7, 0, 9], back.Bytes[24..]);

        Assert.Equal(Invalid, Call(RegionRead, Region(offset: (1 << 17) - 3, count: 4)));
        Assert.Equal(Invalid, Call(RegionRead, Region(offset: ulong.MaxValue, count: 4)));
        Assert.Equal(Invalid, Call(RegionRead, Region(offset: 0, count: 4, region: 1000)));
        Assert.Equal(Invalid, Call(RegionRead, Region(offset: 0, count: uint.MaxValue)));
        Memory lies = Region(offset: 0, count: 4);
        lies.Set(0, 27);
        Assert.Equal(Invalid, Call(RegionWrite, lies));
        lies.Set(0, 28);
        lies.Set(4, 1);
        Assert.Equal(Invalid, Call(RegionWrite, lies));
    }

    [Fact]
    public void An_eventfd_of_the_callers_is_signalled_until_he_takes_it_back()
    {
        using var eventFd = new EventFd();
        Memory memory = Irqs(flags: 0x24, index: 1, start: 1, eventFd.Descriptor);
        Assert.Equal(0, Call(SetIrqs, memory));
        _device.Second.Pulse();
        Assert.Equal(1ul, eventFd.Take());

        // Another open file is another user, who comes too late.
        ulong other = _kernel.Open();
        Assert.Equal(Busy, Call(SetIrqs, memory, other));
        Assert.Equal(0, Call(SetIrqs, Irqs(flags: 0x24, index: 1, start: 1, -1)));
        _device.Second.Pulse();
        Assert.Equal(0ul, eventFd.Take());
        _kernel.Release(_handle);
        Assert.Equal(0, Call(SetIrqs, memory, other));
        _device.Second.Pulse();
        Assert.Equal(1ul, eventFd.Take());
        _kernel.Release(other);
        _device.Second.Pulse();
        Assert.Equal(0ul, eventFd.Take());
    }

    [Fact]
    public void Descriptors_that_there_are_not_and_counts_that_do_not_fit_are_refused()
    {
        int before = Directory.GetFiles("/proc/self/fd").Length;
        using (var eventFd = new EventFd())
        {
            Assert.Equal(-(int)Errno.EBADF, Call(SetIrqs, Irqs(0x24, 1, 0, eventFd.Descriptor, 9999)));
            Assert.Equal(Invalid, Call(SetIrqs, Irqs(0x24, 1, 1, eventFd.Descriptor, eventFd.Descriptor)));
            Assert.Equal(Invalid, Call(SetIrqs, Irqs(0x24, 99, 0, eventFd.Descriptor)));
            Assert.Equal(Invalid, Call(SetIrqs, Irqs(0xff, 1, 0, eventFd.Descriptor)));
            Memory lies = Irqs(0x24, 1, 0, eventFd.Descriptor);
            lies.Set(0, 23);
            Assert.Equal(Invalid, Call(SetIrqs, lies));
            lies.Set(0, 24);
            lies.Set(16, uint.MaxValue);
            Assert.Equal(Invalid, Call(SetIrqs, lies));
        }
        _kernel.Release(_handle);
        Assert.InRange(Directory.GetFiles("/proc/self/fd").Length, 0, before + 1);
    }

    [Fact]
    public void What_there_is_not_is_ENOTTY()
    {
        Memory memory = new(8);
        memory.Set(0, 8);
        memory.Set(4, (1 << 16) | 1);
        Assert.Equal(NoSuch, Call(Feature, memory));
        memory.Set(0, 7);
        Assert.Equal(Invalid, Call(Feature, memory));
        Assert.Equal(NoSuch, Call(0x5401, memory));
        Assert.Equal(NoSuch, Call(0xffff_ffff, memory));
        Assert.Equal(Invalid, _kernel.Read(_handle, 4).Error);
        Assert.Equal(Invalid, _kernel.Write(_handle, [1]).Error);
    }

    [Fact]
    public void A_reset_is_the_devices_unless_a_client_has_it()
    {
        Assert.Equal(0, Call(Reset, new(0)));
        _device.AdmitClient();
        Assert.Equal(Busy, Call(Reset, new(0)));
        using var eventFd = new EventFd();
        Assert.Equal(Busy, Call(SetIrqs, Irqs(0x24, 1, 0, eventFd.Descriptor)));
    }

    private static Memory Region(ulong offset, uint count, uint region = 0)
    {
        var memory = new Memory(24 + (int)Math.Min(count, 0x1000));
        memory.Set(0, count > 0x1000 ? uint.MaxValue : 24 + count);
        memory.Set(8, region);
        memory.Set(12, count);
        KernelSide.U64(offset).CopyTo(memory.Bytes, 16);
        return memory;
    }

    private static Memory Irqs(uint flags, uint index, uint start, params int[] eventFds)
    {
        var memory = new Memory(20 + (4 * eventFds.Length));
        uint[] head = [(uint)memory.Bytes.Length, flags, index, start, (uint)eventFds.Length];
        for (int i = 0; i < head.Length; i++)
            memory.Set(4 * i, head[i]);
        for (int i = 0; i < eventFds.Length; i++)
            memory.Set(20 + (4 * i), (uint)eventFds[i]);
        return memory;
    }

    private int Call(uint command, Memory memory) => Call(command, memory, _handle);

    // As the kernel does it: pieces in, pieces out, until the server asks for no more.
    private int Call(uint command, Memory memory, ulong handle)
    {
        byte[] input = [];
        uint outSize = 0;
        var outPieces = new List<(ulong Address, int Length)>();
        for (int pass = 0; pass < 5; pass++)
        {
            Answer answer = _kernel.Ioctl(handle, command, Memory.Address, input, outSize);
            if (answer.Error != 0)
                return answer.Error;
            if ((answer.U32(4) & 4) == 0)
            {
                int taken = 16;
                foreach ((ulong address, int length) in outPieces)
                {
                    int there = Math.Min(length, answer.Body.Length - taken);
                    answer.Body.AsSpan(taken, there).CopyTo(memory.At(address, there));
                    taken += there;
                }
                return (int)answer.U32(0);
            }
            int inCount = (int)answer.U32(8), outCount = (int)answer.U32(12);
            Assert.Equal(16 + (16 * (inCount + outCount)), answer.Body.Length);
            var pieces = Enumerable.Range(0, inCount + outCount).Select(i => (Address: answer.U64(16 + (16 * i)), Length: (int)answer.U64(24 + (16 * i)))).ToList();
            input = [.. pieces.Take(inCount).SelectMany(piece => memory.At(piece.Address, piece.Length).ToArray())];
            outPieces = [.. pieces.Skip(inCount)];
            outSize = (uint)outPieces.Sum(piece => piece.Length);
        }
        Assert.Fail("It never comes to an end.");
        return 0;
    }

    // The caller's.
    private sealed class Memory(int length)
    {
        public const ulong Address = 0x10_0000;

        public byte[] Bytes { get; } = new byte[length];

        public uint U32(int offset) => BitConverter.ToUInt32(Bytes, offset);

        public ulong U64(int offset) => BitConverter.ToUInt64(Bytes, offset);

        public void Set(int offset, uint value) => KernelSide.U32(value).CopyTo(Bytes, offset);

        public Span<byte> At(ulong address, int count)
        {
            int offset = (int)(address - Address);
            Assert.True(offset + count <= Bytes.Length, $"{count} bytes at {offset} are not the caller's: EFAULT.");
            return Bytes.AsSpan(offset, count);
        }
    }
}
