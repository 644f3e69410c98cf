using System.Threading;

namespace CharDevices;

public struct Status
{
    public uint Depth;
    public ulong Sent;
}

[PciDevice(0x1234, 0x0001)]
[CharDevice("card-{short}-{n}")]
public sealed partial class Card : PciDevice
{
    private const uint GetStatus = 2u << 30 | 16 << 16 | 'Q' << 8 | 1;

    [Bar(0, BarKind.Memory32)] public Port Registers { get; } = new();

    public void Arrived() => CharQueue.WakeUp();

    [OnCharOpen] private int Open(CharFile file) => file.UserId == 0 ? 0 : -(int)Errno.EACCES;
    [OnCharRead] private int Read(CharFile file, Span<byte> destination) => CharFile.WouldBlock;
    [OnCharWrite] private int Write(ReadOnlySpan<byte> source) => source.Length;
    [OnCharPoll] private static PollEvents Poll() => PollEvents.Out;
    [OnCharInterrupt] private void Interrupted(CharFile file) { }
    [OnCharRelease] private void Release() { }

    [OnCharIoctl(GetStatus)] private void Get(out Status status) => status = default;
    [OnCharIoctl(1u << 30 | 16 << 16 | 'Q' << 8 | 2)] private int Set(in Status status) => 0;
    [OnCharIoctl(3u << 30 | 16 << 16 | 'Q' << 8 | 3)] private int Exchange(CharFile file, ref Status status) => 0;
    [OnCharIoctl('Q' << 8 | 4), OnCharIoctl('Q' << 8 | 5)] private int Depth(int depth) => depth;
    [OnCharIoctl('Q' << 8 | 6)] private void Flush() { }
    [OnCharIoctl('Q' << 8 | 7)] private int Transfer(CharFile file, ref CharIoctl ioctl) => 0;
    [OnCharIoctl(2u << 30 | 16 << 16 | 'Q' << 8 | 8)] private static int Identify(out Guid uuid) { uuid = default; return 0; }
    [OnCharIoctl(0x5401)] private int Termios(out Status status) { status = default; return 0; }
}

[RegisterBlock(8)]
[CharDevice("events")]
public sealed partial class Port
{
    [Register(0)] public partial uint Data { get; set; }

    [OnCharOpen] private void @event(CharFile file) { }
    [OnCharRead] private async ValueTask<int> ReadAsync(Memory<byte> destination, CancellationToken interrupted)
    {
        await Task.Delay(1, interrupted);
        return 0;
    }

    [OnCharWrite] private ValueTask<int> WriteAsync(CharFile file, ReadOnlyMemory<byte> source, CancellationToken interrupted) => new(source.Length);
}

public partial class Outside
{
    [VfioDevice(DeviceApi.Platform)]
    [CharDevice("nothing")]
    public sealed partial class Channel : VfioDevice
    {
        [OnCharIoctl(0xc008_4d01)] private int Exchange(ref (int, int) pair) => pair.Item1;
    }
}
