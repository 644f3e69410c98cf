using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace Mdev.Sdk.Testing.Captures;

/// <summary>Writes blocks of pcapng, little-endian. Source: draft-ietf-opsawg-pcapng.</summary>
internal sealed class PcapngWriter(Stream stream)
{
    private readonly ArrayBufferWriter<byte> _block = new();

    public void Section(string application, string comment)
    {
        Begin(PcapngBlock.SectionHeader);
        UInt32(PcapngBlock.ByteOrderMagic);
        UInt16(1);
        UInt16(0);

        // The section's length: not known, as the file may be read while it is written.
        UInt64(ulong.MaxValue);
        Option(PcapngBlock.UserApplication, application);
        Option(PcapngBlock.Comment, comment);
        End();
    }

    /// <summary>Describes the next interface; the first has number 0. Times are in nanoseconds.</summary>
    public void Interface(ushort linkType, uint longest, string name, string text)
    {
        const byte Nanoseconds = 9;
        Begin(PcapngBlock.InterfaceDescription);
        UInt16(linkType);
        UInt16(0);
        UInt32(longest);
        Option(PcapngBlock.InterfaceName, name);
        Option(PcapngBlock.InterfaceText, text);
        Option(PcapngBlock.TimeResolution, [Nanoseconds]);
        End();
    }

    /// <param name="number">Of the interface.</param>
    /// <param name="time">Nanoseconds since 1970-01-01 UTC.</param>
    /// <param name="data">The packet, or its first bytes.</param>
    /// <param name="length">Bytes of the whole packet.</param>
    /// <param name="direction"><see cref="PcapngBlock.Inbound"/> or <see cref="PcapngBlock.Outbound"/>.</param>
    /// <param name="lost">Packets that are missing before it.</param>
    /// <param name="comments">What to say of it.</param>
    public void Packet(uint number, long time, ReadOnlySpan<byte> data, int length, uint direction, long lost, IEnumerable<string> comments)
    {
        Begin(PcapngBlock.EnhancedPacket);
        UInt32(number);
        UInt32((uint)((ulong)time >> 32));
        UInt32((uint)time);
        UInt32((uint)data.Length);
        UInt32((uint)length);
        Padded(data);
        foreach (string comment in comments)
            Option(PcapngBlock.Comment, comment);
        Span<byte> value = stackalloc byte[8];
        BinaryPrimitives.WriteUInt32LittleEndian(value, direction);
        Option(PcapngBlock.PacketFlags, value[..4]);
        if (lost > 0)
        {
            BinaryPrimitives.WriteInt64LittleEndian(value, lost);
            Option(PcapngBlock.DropCount, value);
        }
        End();
    }

    private void Begin(uint type)
    {
        _block.ResetWrittenCount();
        UInt32(type);

        // Its length, which is known at its end.
        UInt32(0);
    }

    private void End()
    {
        UInt16(PcapngBlock.EndOfOptions);
        UInt16(0);
        int length = _block.WrittenCount + sizeof(uint);
        UInt32((uint)length);
        stream.Write(_block.WrittenSpan[..4]);
        Span<byte> bytes = stackalloc byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, length);
        stream.Write(bytes);
        stream.Write(_block.WrittenSpan[8..]);
    }

    private void Option(ushort code, string text)
    {
        // An option's length has 16 bits.
        const int Longest = 4096;
        Option(code, Encoding.UTF8.GetBytes(text.Length <= Longest ? text : text[..Longest]));
    }

    private void Option(ushort code, ReadOnlySpan<byte> value)
    {
        UInt16(code);
        UInt16((ushort)value.Length);
        Padded(value);
    }

    private void Padded(ReadOnlySpan<byte> bytes)
    {
        _block.Write(bytes);
        _block.Write(stackalloc byte[-bytes.Length & 3]);
    }

    private void UInt16(ushort value)
    {
        BinaryPrimitives.WriteUInt16LittleEndian(_block.GetSpan(sizeof(ushort)), value);
        _block.Advance(sizeof(ushort));
    }

    private void UInt32(uint value)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(_block.GetSpan(sizeof(uint)), value);
        _block.Advance(sizeof(uint));
    }

    private void UInt64(ulong value)
    {
        BinaryPrimitives.WriteUInt64LittleEndian(_block.GetSpan(sizeof(ulong)), value);
        _block.Advance(sizeof(ulong));
    }
}
