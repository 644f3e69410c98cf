namespace Mdev.Sdk;

/// <summary>What a caller of poll(2) learns. Source: Linux asm-generic/poll.h.</summary>
[Flags]
public enum PollEvents
{
    /// <summary>Not ready.</summary>
    None = 0,

    /// <summary>POLLIN: a read would not wait.</summary>
    In = 0x001,

    /// <summary>POLLPRI: an exceptional condition.</summary>
    Priority = 0x002,

    /// <summary>POLLOUT: a write would not wait.</summary>
    Out = 0x004,

    /// <summary>POLLERR.</summary>
    Error = 0x008,

    /// <summary>POLLHUP: the other end has gone.</summary>
    HangUp = 0x010,
}
