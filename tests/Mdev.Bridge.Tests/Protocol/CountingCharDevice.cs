using Mdev.Sdk;

namespace Mdev.Bridge.Tests.Protocol;

/// <summary>A character device that one reads as many bytes from as were written, written by hand so that no generator is needed.</summary>
public sealed class CountingCharDevice : ICharDevice
{
    private int _bytes;

    public string NodeName => "counting-{n}";

    public WaitQueueHead Queue { get; } = new();

    public CharOperations Operations => CharOperations.Read | CharOperations.Write | CharOperations.Poll | CharOperations.Ioctl;

    public int Interruptions { get; private set; }

    /// <summary>What a write does besides.</summary>
    public Action OnWrite { get; set; } = static () => { };

    public int Read(CharFile file, Span<byte> destination)
    {
        ArgumentNullException.ThrowIfNull(file);
        int count = Math.Min(_bytes, destination.Length);
        _bytes -= count;
        return count == 0 ? CharFile.WouldBlock : count;
    }

    public int Write(CharFile file, ReadOnlySpan<byte> source)
    {
        _bytes += source.Length;
        OnWrite();
        Queue.WakeUp();
        return source.Length;
    }

    public PollEvents Poll(CharFile file) => PollEvents.Out | (_bytes > 0 ? PollEvents.In : PollEvents.None);

    public int Ioctl(CharFile file, ref CharIoctl ioctl)
    {
        if (ioctl.TryAccess(ioctl.Argument, CharIoctlAccess.InOut, out Span<uint> value))
            value[0]++;
        return 0;
    }

    public void Interrupted(CharFile file) => Interruptions++;
}
