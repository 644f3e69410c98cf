using Mdev.Sdk;

namespace Mdev.Bench.Blocks;

/// <summary>A character device from which one reads how many bytes were written, and waits where none were; an ioctl adds one to what it is given.</summary>
internal sealed class EchoCharDevice : ICharDevice
{
    /// <summary>_IOWR('b', 0, u32).</summary>
    public const uint AddOne = 0xc004_6200;

    private int _bytes;

    public string NodeName => "echo";

    public WaitQueueHead Queue { get; } = new();

    public CharOperations Operations => CharOperations.Read | CharOperations.Write | CharOperations.Poll | CharOperations.Ioctl;

    public int Read(CharFile file, Span<byte> destination)
    {
        int count = Math.Min(_bytes, destination.Length);
        _bytes -= count;
        return count == 0 ? CharFile.WouldBlock : count;
    }

    public int Write(CharFile file, ReadOnlySpan<byte> source)
    {
        _bytes += source.Length;
        Queue.WakeUp();
        return source.Length;
    }

    public PollEvents Poll(CharFile file) => PollEvents.Out | (_bytes > 0 ? PollEvents.In : PollEvents.None);

    public int Ioctl(CharFile file, ref CharIoctl ioctl)
    {
        if (ioctl.Command != AddOne)
            return -(int)Errno.ENOTTY;
        if (ioctl.TryAccess(ioctl.Argument, CharIoctlAccess.InOut, out Span<uint> value))
            value[0]++;
        return 0;
    }
}
