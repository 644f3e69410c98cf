using Mdev.Sdk.Pci;

namespace Mdev.Sdk.Generators.Tests.Behaviour.Blocks;

/// <summary>A device whose character device writes down what is called.</summary>
[PciDevice(0x1234, 0x0001)]
[CharDevice("card-{short}-{n}")]
public sealed partial class CharCard : PciDevice
{
    public const uint Get = 2u << 30 | 16 << 16 | 'Q' << 8 | 1, Set = 1u << 30 | 16 << 16 | 'Q' << 8 | 2, Exchange = 3u << 30 | 16 << 16 | 'Q' << 8 | 3;
    public const uint Narrow = 'Q' << 8 | 4, Wide = 'Q' << 8 | 5, Flush = 'Q' << 8 | 6, Drain = 'Q' << 8 | 7, Sum = 'Q' << 8 | 8;
    public const uint Wrong = 2u << 30 | 12 << 16 | 'Q' << 8 | 9, Identify = 2u << 30 | 16 << 16 | 'Q' << 8 | 10;

    /// <summary>The latest call.</summary>
    public string Called { get; private set; } = "";

    public CharFile? File { get; private set; }

    public CharStatus Status { get; set; }

    [Bar(0, BarKind.Memory32)] public CharPort Port { get; } = new();

    public void Wake() => CharQueue.WakeUp();

    [OnCharOpen] private int Open(CharFile file) => Note("open", file.IsNonBlocking ? -(int)Errno.EACCES : 0, file);

    [OnCharRead]
    private int Read(CharFile file, Span<byte> destination)
    {
        destination.Fill(7);
        return Note("read", destination.Length, file);
    }

    [OnCharWrite] private int Write(ReadOnlySpan<byte> source) => Note("write", source.Length);
    [OnCharPoll] private static PollEvents Poll(CharFile file) => file.IsNonBlocking ? PollEvents.In : PollEvents.HangUp;
    [OnCharInterrupt] private void Interrupted(CharFile file) => Note("interrupt", 0, file);
    [OnCharRelease] private void Release() => Note("release");

    [OnCharIoctl(Get)] private void GetStatus(out CharStatus status) => status = Status;

    [OnCharIoctl(Set)]
    private int SetStatus(in CharStatus status)
    {
        Status = status;
        return status.Depth == 0 ? -(int)Errno.EINVAL : 0;
    }

    [OnCharIoctl(Exchange)]
    private int ExchangeStatus(CharFile file, ref CharStatus status)
    {
        (Status, status) = (status, Status);
        return Note("exchange", 5, file);
    }

    [OnCharIoctl(Narrow)] private static int Take(int value) => value;
    [OnCharIoctl(Wide)] private void Take(ulong value) => Status = new CharStatus { Sent = value };
    [OnCharIoctl(Flush), OnCharIoctl(Drain)] private int Empty() => Note("flush", 3);

    [OnCharIoctl(Sum)]
    private static int Add(ref CharIoctl ioctl)
    {
        if (!ioctl.TryAccess(ioctl.Argument, CharIoctlAccess.In, out Span<byte> count)
            || !ioctl.TryAccess(ioctl.Argument, count[0], CharIoctlAccess.In, out Span<byte> bytes))
            return 0;
        int sum = 0;
        foreach (byte value in bytes)
            sum += value;
        return sum;
    }

    [OnCharIoctl(Wrong)] private static void TakeWrong(out Guid value) => value = default;
    [OnCharIoctl(Identify)] private static void TakeRight(out Guid value) => value = new Guid(1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

    private int Note(string called, int result = 0, CharFile? file = null)
    {
        (Called, File) = (called, file);
        return result;
    }
}
