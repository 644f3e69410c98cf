using System.Buffers.Binary;

namespace Mdev.Devices;

/// <summary>The guest's end: registers.</summary>
/// <param name="irq">High while an enabled cause is set.</param>
/// <param name="tell">Is told what the guest does, and how many messages are then on their way to the host.</param>
[RegisterBlock(0x28)]
[CharDevice("mq-{short}")]
public sealed partial class MessageCardRegisters(InterruptLine irq, Action<MessageCardEvent, int> tell)
{
    private const int MostBytes = 4096, MostMessages = 64;

    private readonly Queue<byte[]> _toHost = new(), _toGuest = new();
    private readonly byte[] _draft = new byte[MostBytes];
    private int _depth = 8, _longest = MostBytes, _drafted, _taken;

    [Register(0x00, Access = Access.RO, Reset = 0x4d51_0100)] public partial uint Identification { get; }
    [Register(0x04, Access = Access.RO)] public partial MessageCardStatus Status { get; set; }

    [Register(0x08, Access = Access.RW1C), InterruptStatus(nameof(irq), Enable = nameof(InterruptEnable))]
    public partial MessageCardCauses InterruptStatus { get; set; }

    [Register(0x0c)] public partial MessageCardCauses InterruptEnable { get; set; }

    /// <summary>Bytes of the first message that waits, 0 without one.</summary>
    [OnRead(0x10, Pure = true, Name = "ReceiveLength")] private uint ReceiveLength() => _toGuest.TryPeek(out byte[]? first) ? (uint)first.Length : 0;

    /// <summary>Its next four bytes, with zeros behind its end.</summary>
    [OnRead(0x14, Name = "ReceiveData")]
    private uint ReceiveData()
    {
        if (!_toGuest.TryPeek(out byte[]? first) || _taken >= first.Length)
            return 0;
        uint value = StartOf(first.AsSpan(_taken));
        _taken += 4;
        return value;
    }

    /// <summary>Takes the first message away, whatever is written.</summary>
    [OnWrite(0x18, Name = "ReceiveDone")]
    private void ReceiveDone(uint value)
    {
        _taken = 0;
        if (_toGuest.TryDequeue(out _))
            Changed(MessageCardEvent.Taken);
    }

    /// <summary>The next four bytes of the message that is being written.</summary>
    [OnWrite(0x1c, Name = "SendData")]
    private void SendData(uint value)
    {
        if (_drafted == MostBytes)
            return;
        BinaryPrimitives.WriteUInt32LittleEndian(_draft.AsSpan(_drafted), value);
        _drafted += 4;
    }

    /// <summary>Sends what has been written, of so many bytes.</summary>
    [OnWrite(0x20, Name = "SendLength")]
    private void SendLength(uint length)
    {
        bool isSent = length > 0 && length <= Math.Min(_drafted, _longest) && _toHost.Count < _depth;
        ReadOnlySpan<byte> message = _draft.AsSpan(0, isSent ? (int)length : 0);
        _drafted = 0;
        if (!isSent)
        {
            Status = Status with { Overrun = true };
            return;
        }

        _toHost.Enqueue(message.ToArray());
        Changed(MessageCardEvent.Sent);
    }

    /// <summary>Messages that each queue holds, 1 to 64; the host sets it.</summary>
    [OnRead(0x24, Pure = true, Name = "Depth")] private uint Depth() => (uint)_depth;

    // Both queues are emptied. Who has the host's end open keeps it.
    [OnReset]
    private void Clear()
    {
        _toHost.Clear();
        _toGuest.Clear();
        (_drafted, _taken) = (0, 0);
        Changed(MessageCardEvent.Reset);
    }

    private static uint StartOf(ReadOnlySpan<byte> bytes)
    {
        Span<byte> start = stackalloc byte[4];
        bytes[..Math.Min(4, bytes.Length)].CopyTo(start);
        return BinaryPrimitives.ReadUInt32LittleEndian(start);
    }

    private void Changed(MessageCardEvent what)
    {
        Changed();
        tell(what, _toHost.Count);
    }

    private void Changed()
    {
        Status = Status with { MessageWaiting = _toGuest.Count > 0, RoomToSend = _toHost.Count < _depth, HostPresent = _open > 0 };
        CharQueue.WakeUp();
    }
}
