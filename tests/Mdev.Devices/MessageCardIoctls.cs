namespace Mdev.Devices;

/// <summary>
/// What a program of the host can ask a message queue card by ioctl(2), as its header says:
/// <code>
/// #define MQ_GET_STATUS  _IOR ('Q', 1, struct mq_status)
/// #define MQ_SET_LIMITS  _IOW ('Q', 2, struct mq_limits)
/// #define MQ_PEEK        _IOWR('Q', 3, struct mq_peek)
/// #define MQ_FLUSH       _IO  ('Q', 4)   // 1: to the host, 2: to the guest, 3: both
/// #define MQ_TAKE        _IO  ('Q', 5)   // struct mq_batch *, as long as its argsz says
/// </code>
/// </summary>
public static class MessageCardIoctls
{
    public const uint GetStatus = 2u << 30 | 32 << 16 | 'Q' << 8 | 1;
    public const uint SetLimits = 1u << 30 | 8 << 16 | 'Q' << 8 | 2;
    public const uint Peek = 3u << 30 | 16 << 16 | 'Q' << 8 | 3;
    public const uint Flush = 'Q' << 8 | 4;
    public const uint Take = 'Q' << 8 | 5;
}

/// <summary>struct mq_status.</summary>
/// <param name="Depth">Messages that each queue holds.</param>
/// <param name="Longest">Bytes of the longest message.</param>
/// <param name="ToHost">Messages on their way to the host.</param>
/// <param name="ToGuest">Messages on their way to the guest.</param>
/// <param name="Received">Messages that the host has taken since the card was made.</param>
/// <param name="Sent">Messages that it has sent.</param>
public record struct MessageCardState(uint Depth, uint Longest, uint ToHost, uint ToGuest, ulong Received, ulong Sent);

/// <summary>struct mq_limits.</summary>
/// <param name="Depth">1 to 64 messages.</param>
/// <param name="Longest">1 to 4096 bytes.</param>
public record struct MessageCardLimits(uint Depth, uint Longest);

/// <summary>struct mq_peek.</summary>
/// <param name="Queue">In: 0 to the host, 1 to the guest.</param>
/// <param name="Index">In: which message, from the first.</param>
/// <param name="Length">Out: its bytes.</param>
/// <param name="Start">Out: its first four bytes, with zeros behind a shorter one.</param>
public record struct MessageCardPeek(uint Queue, uint Index, uint Length, uint Start);

/// <summary>The head of struct mq_batch; behind it each message is its length, of 32 bits, and its bytes up to the next multiple of four.</summary>
/// <param name="ArgumentSize">In: bytes that there is room for, with this head. Out: how many are used, or with no message how many the first one needs.</param>
/// <param name="Count">Out: messages.</param>
public record struct MessageCardBatch(uint ArgumentSize, uint Count);
