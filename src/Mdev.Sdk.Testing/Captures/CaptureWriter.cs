using System.Buffers.Binary;
using Mdev.Sdk.Observation;

namespace Mdev.Sdk.Testing.Captures;

/// <summary>
/// Writes a trace as a pcapng file that Wireshark opens: its packets are the vfio-user messages that the accesses stand for, on a first
/// interface of LINKTYPE_USER0, and interrupts, which are no messages, on a second one of LINKTYPE_USER1. The registers that an access
/// has met are comments of its reply.
/// </summary>
/// <remarks>
/// Messages are made anew from what the device has seen: their ids count up from 1, and each has a reply, wanted by the client or not.
/// Whole messages are written, so that what a killed program leaves can be read.
/// </remarks>
public sealed class CaptureWriter
{
    private const uint Messages = 0, Interrupts = 1;
    private const int HeaderSize = 16, AccessSize = 16;
    private const ushort RegionRead = 9, RegionWrite = 10, DeviceReset = 13;
    private const uint Reply = 1, ErrorReply = 0x21;
    private const uint Longest = HeaderSize + AccessSize + (64 << 10);

    private readonly PcapngWriter _writer;
    private readonly TraceText _text = new();
    private readonly List<string> _registers = [];
    private ushort _id;
    private long _lost;

    /// <summary>Begins a file.</summary>
    /// <param name="stream">Where to; stays the caller's.</param>
    /// <param name="device">The device's UUID.</param>
    /// <param name="comment">What else to say of it: its type, its parent.</param>
    /// <exception cref="IOException">The stream cannot be written.</exception>
    public CaptureWriter(Stream stream, Guid device, string comment)
    {
        _writer = new PcapngWriter(stream);
        _writer.Section("dotnet mdev trace", comment);
        _writer.Interface(PcapngBlock.Messages, Longest, $"mdev {device}", "vfio-user messages, made of the accesses that the device has seen");
        _writer.Interface(PcapngBlock.Interrupts, 8, $"mdev {device} interrupts", "interrupts that the device has signalled: VFIO index and vector, a little-endian dword each");
    }

    /// <summary>Adds what a trace tells next.</summary>
    /// <exception cref="IOException">The stream cannot be written.</exception>
    public void Write(TraceEvent next)
    {
        ArgumentNullException.ThrowIfNull(next);
        string? line = _text.LineOf(next);
        switch (next.Kind)
        {
            case TraceEventKind.Began:
                break;
            case TraceEventKind.Request:
                _registers.Clear();
                _id++;
                WriteRequest(next);
                break;
            case TraceEventKind.Register:
                _registers.Add(line!);
                break;
            case TraceEventKind.Reply:
                WriteReply(next, line is null ? _registers : [.. _registers, line]);
                break;
            case TraceEventKind.Interrupt:
                WriteInterrupt(next, line!);
                break;
            case TraceEventKind.Reset:
                _id++;
                Packet(next.Time, Header(DeviceReset, 0, HeaderSize, 0), 0, PcapngBlock.Inbound, []);
                Packet(next.Time, Header(DeviceReset, Reply, HeaderSize, 0), 0, PcapngBlock.Outbound, []);
                break;
            default:
                _lost += next.Lost ?? 0;
                break;
        }
    }

    private void WriteRequest(TraceEvent request)
    {
        bool write = request.IsWrite == true;
        byte[] data = write ? request.Data?.ToArray() ?? [] : [];
        int missing = write ? (request.Count ?? 0) - data.Length : 0;
        byte[] head = Access(request, write ? RegionWrite : RegionRead, 0, data.Length + missing);
        Packet(request.Time, [.. head, .. data], missing, PcapngBlock.Inbound, []);
    }

    private void WriteReply(TraceEvent reply, IEnumerable<string> comments)
    {
        bool write = reply.IsWrite == true;
        ushort command = write ? RegionWrite : RegionRead;
        if (reply.Error is { } error)
        {
            // vfio-user, "Header": an error reply is the header alone.
            Packet(reply.Time, Header(command, ErrorReply, HeaderSize, (uint)error), 0, PcapngBlock.Outbound, comments);
            return;
        }
        byte[] data = write ? [] : reply.Data?.ToArray() ?? [];
        int missing = write ? 0 : (reply.Count ?? 0) - data.Length;
        Packet(reply.Time, [.. Access(reply, command, Reply, data.Length + missing), .. data], missing, PcapngBlock.Outbound, comments);
    }

    private void WriteInterrupt(TraceEvent interrupt, string comment)
    {
        byte[] packet = new byte[8];
        BinaryPrimitives.WriteInt32LittleEndian(packet, interrupt.Interrupt ?? 0);
        BinaryPrimitives.WriteInt32LittleEndian(packet.AsSpan(4), interrupt.Vector ?? 0);
        _writer.Packet(Interrupts, interrupt.Time, packet, packet.Length, PcapngBlock.Outbound, 0, [comment]);
    }

    private void Packet(long time, ReadOnlySpan<byte> message, int missing, uint direction, IEnumerable<string> comments)
    {
        _writer.Packet(Messages, time, message, message.Length + missing, direction, _lost, comments);
        _lost = 0;
    }

    // vfio-user, "VFIO_USER_REGION_READ": offset, region, count behind the header.
    private byte[] Access(TraceEvent access, ushort command, uint flags, int dataSize)
    {
        byte[] message = [.. Header(command, flags, HeaderSize + AccessSize + dataSize, 0), .. new byte[AccessSize]];
        BinaryPrimitives.WriteUInt64LittleEndian(message.AsSpan(HeaderSize), access.Offset ?? 0);
        BinaryPrimitives.WriteInt32LittleEndian(message.AsSpan(HeaderSize + 8), access.Region ?? 0);
        BinaryPrimitives.WriteInt32LittleEndian(message.AsSpan(HeaderSize + 12), access.Count ?? 0);
        return message;
    }

    private byte[] Header(ushort command, uint flags, int size, uint error)
    {
        byte[] header = new byte[HeaderSize];
        BinaryPrimitives.WriteUInt16LittleEndian(header, _id);
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(2), command);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(4), size);
        BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(8), flags);
        BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(12), error);
        return header;
    }
}
