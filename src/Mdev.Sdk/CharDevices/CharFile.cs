namespace Mdev.Sdk;

/// <summary>An open file of a character device: what the kernel calls struct file. One an open(2).</summary>
public sealed class CharFile
{
    /// <summary>What a handler returns that has nothing yet, and no room yet: -EAGAIN.</summary>
    public const int WouldBlock = -(int)Errno.EAGAIN;

    internal CharFile(uint flags, int processId, uint userId) => (Flags, ProcessId, UserId) = (flags, processId, userId);

    /// <summary>The caller's open flags, as of its latest call: O_NONBLOCK is 0x800. Source: open(2), fcntl(2).</summary>
    public uint Flags { get; internal set; }

    /// <summary>Whether calls must not wait. The SDK sees to it; a handler that is asynchronous looks itself.</summary>
    public bool IsNonBlocking => (Flags & 0x800) != 0;

    /// <summary>Who opened it, as this process's namespace numbers processes; 0 if it cannot be told.</summary>
    public int ProcessId { get; }

    /// <summary>As which user.</summary>
    public uint UserId { get; }

    /// <summary>The vendor's own, for this open file.</summary>
    public object? State { get; set; }
}
