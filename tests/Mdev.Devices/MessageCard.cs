using System.Buffers.Binary;
using System.Threading.Channels;

namespace Mdev.Devices;

/// <summary>Offers message queue cards.</summary>
[MdevParent("mq", Capacity = 4)]
public sealed partial class MessageCardParent : MdevParent<MessageCard, int>
{
    [MdevType("1", "Message queue card")] public static int Only => 0;
}

/// <summary>
/// A card with two queues of messages, one each way between the guest's driver and programs of the host. Its registers are the guest's end,
/// <c>mq-…</c> is the host's. <c>mq-…-events</c> tells the host what the guest does: 8 bytes an event, which one and how many messages
/// are then on their way to the host, both of 32 bits.
/// </summary>
[PciDevice(0x1234, 0x4d51, Class = 0xff_00_00)]
[CharDevice("mq-{short}-events")]
public sealed partial class MessageCard : PciDevice
{
    private const int EventSize = 8;

    // Whoever does not read his events loses the oldest.
    private readonly Channel<(MessageCardEvent What, int Waiting)> _events =
        Channel.CreateBounded<(MessageCardEvent, int)>(new BoundedChannelOptions(256) { FullMode = BoundedChannelFullMode.DropOldest });

    public MessageCard() => Registers = new MessageCardRegisters(Irq, Tell);

    [Bar(0, BarKind.Memory32)] public MessageCardRegisters Registers { get; }
    [IntX, Msi] public InterruptLine Irq { get; } = new();

    // The lock of the device is not held while nothing happens, and a signal ends the wait.
    [OnCharRead]
    private async ValueTask<int> ReadAsync(CharFile file, Memory<byte> destination, CancellationToken interrupted)
    {
        if (destination.Length < EventSize)
            return -(int)Errno.EINVAL;
        int length = 0;
        while (length == 0)
        {
            // Another reader may have been faster, and nothing is the end of a file, which this one has not.
            if (file.IsNonBlocking && _events.Reader.Count == 0)
                return CharFile.WouldBlock;
            await _events.Reader.WaitToReadAsync(interrupted);
            for (; length + EventSize <= destination.Length && _events.Reader.TryRead(out (MessageCardEvent What, int Waiting) told); length += EventSize)
            {
                BinaryPrimitives.WriteInt32LittleEndian(destination.Span[length..], (int)told.What);
                BinaryPrimitives.WriteInt32LittleEndian(destination.Span[(length + 4)..], told.Waiting);
            }
        }

        return length;
    }

    [OnCharPoll] private PollEvents Poll() => _events.Reader.Count == 0 ? PollEvents.None : PollEvents.In;

    private void Tell(MessageCardEvent what, int waiting)
    {
        _events.Writer.TryWrite((what, waiting));
        CharQueue.WakeUp();
    }
}
