using System.Buffers.Binary;
using Mdev.Sdk.Wire.Tests.Support;

namespace Mdev.Sdk.Wire.Tests.Fuzz;

/// <summary>
/// What a server must answer to a stream of bytes, whatever they mean: one reply in turn to each command that wants one, and the
/// end of the connection where no message begins. Source: vfio-user, "Header"; vfio-user.md, section 7, Framing.
/// </summary>
internal sealed class ReplyModel
{
    private const int HeaderSize = 16;
    private const uint LargestMessage = HeaderSize + 16 + Raw.MaxTransfer + 4096;
    private const uint TypeMask = 0xf;
    private const int MostDescriptors = 253;

    private readonly Queue<(ushort Id, ushort Command)> _awaited = [];
    private readonly HashSet<(ushort Id, ushort Command)> _asked = [];
    private readonly byte[] _header = new byte[HeaderSize];
    private int _filled;
    private uint _left;
    private int _descriptors;
    private bool _begun;
    private bool _negotiating;

    /// <summary>Replies that are to come.</summary>
    public int Awaited => _awaited.Count;

    /// <summary>Whether the connection ends once they have come.</summary>
    public bool Ends { get; private set; }

    /// <summary>
    /// Whether it may end: a reply to a command that was never sent, a first message that is refused without a word, or more descriptors
    /// in the pieces of one message than the kernel passes with any.
    /// </summary>
    public bool MayEnd { get; private set; }

    /// <summary>The client sends bytes, and descriptors with the first of them.</summary>
    public void Sent(ReadOnlySpan<byte> bytes, int descriptors)
    {
        _descriptors += descriptors;
        MayEnd |= _descriptors > MostDescriptors;
        while (!Ends && !bytes.IsEmpty)
        {
            if (_left > 0)
            {
                int skipped = (int)Math.Min(_left, (uint)bytes.Length);
                _left -= (uint)skipped;
                bytes = bytes[skipped..];
            }
            else
            {
                int taken = Math.Min(HeaderSize - _filled, bytes.Length);
                bytes[..taken].CopyTo(_header.AsSpan(_filled));
                _filled += taken;
                bytes = bytes[taken..];
                if (_filled == HeaderSize)
                    HeaderSent();
            }

            // A message is answered when it is there to its end.
            if (_filled == HeaderSize && _left == 0 && !Ends)
                MessageSent();
        }
    }

    /// <summary>The server sends a message.</summary>
    /// <returns>What is wrong with it; <see langword="null"/> if nothing is.</returns>
    public string? Received(ReadOnlySpan<byte> message)
    {
        uint flags = BinaryPrimitives.ReadUInt32LittleEndian(message[8..]);
        ushort id = BinaryPrimitives.ReadUInt16LittleEndian(message), command = BinaryPrimitives.ReadUInt16LittleEndian(message[2..]);
        if ((flags & TypeMask) == 0)
            return _asked.Add((id, command)) ? null : $"command {command} with id {id} while another of that id is unanswered";
        if ((flags & ~0x20u) != 1)
            return $"a reply has flags 0x{flags:x}";
        if ((flags & 0x20) != 0 && (message.Length != HeaderSize || BinaryPrimitives.ReadUInt32LittleEndian(message[12..]) == 0))
            return "an error reply has a payload or no errno";

        if (!_awaited.TryDequeue(out (ushort Id, ushort Command) next))
            return MayEnd ? null : $"a reply to command {command} with id {id}, and none is awaited";
        if (next != (id, command))
            return MayEnd ? null : $"a reply to command {command} with id {id}, and the next is to {next.Command} with id {next.Id}";

        // vfio-user, "VFIO_USER_VERSION": who cannot be talked with is disconnected.
        if (_negotiating && (flags & 0x20) != 0)
        {
            Ends = true;
            _awaited.Clear();
        }
        _negotiating = false;
        return null;
    }

    private void HeaderSent()
    {
        uint size = BinaryPrimitives.ReadUInt32LittleEndian(_header.AsSpan(4));
        if (size is < HeaderSize or > LargestMessage)
        {
            Ends = true;
            Await();
        }
        _left = size - HeaderSize;
    }

    private void MessageSent()
    {
        (_filled, _descriptors) = (0, 0);
        uint flags = BinaryPrimitives.ReadUInt32LittleEndian(_header.AsSpan(8));

        // A reply that nobody asked for: an answer to it, and the end, or no word about it.
        bool isCommand = (flags & TypeMask) == 0, wantsReply = isCommand && Await();
        MayEnd |= (!isCommand && !IsAnswer(flags)) || (!_begun && !wantsReply);
        _negotiating |= !_begun && wantsReply;
        _begun = true;
    }

    private bool IsAnswer(uint flags) =>
        (flags & ~0x20u) == 1
        && _asked.Remove((BinaryPrimitives.ReadUInt16LittleEndian(_header), BinaryPrimitives.ReadUInt16LittleEndian(_header.AsSpan(2))));

    /// <summary>Something was said on another socket of the connection that may end it.</summary>
    public void AllowEnd() => MayEnd = true;

    private bool Await()
    {
        const uint NoReply = 0x10;
        if ((BinaryPrimitives.ReadUInt32LittleEndian(_header.AsSpan(8)) & NoReply) != 0)
            return false;
        _awaited.Enqueue((BinaryPrimitives.ReadUInt16LittleEndian(_header), BinaryPrimitives.ReadUInt16LittleEndian(_header.AsSpan(2))));
        return true;
    }
}
