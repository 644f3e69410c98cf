using System.Buffers.Binary;
using System.Text;

namespace Mdev.Sdk.Testing.Captures;

/// <summary>A pcapng file, as <see cref="CaptureWriter"/> writes it and Wireshark saves it again.</summary>
/// <param name="Packets">Its packets, in order.</param>
public sealed record CaptureFile(IReadOnlyList<CapturedPacket> Packets)
{
    // Longer blocks are no work of a program's that means well.
    private const int LongestBlock = 16 << 20;

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="InvalidDataException">It is not pcapng, or of a machine of the other byte order.</exception>
    public static CaptureFile Read(string path) => Parse(File.ReadAllBytes(path));

    /// <summary>Reads the bytes of a file. One that breaks off in a block, as its writer was killed, ends before that block.</summary>
    /// <param name="bytes">All of them.</param>
    /// <exception cref="InvalidDataException">They are not pcapng, or of a machine of the other byte order.</exception>
    public static CaptureFile Parse(ReadOnlyMemory<byte> bytes)
    {
        var packets = new List<CapturedPacket>();
        var interfaces = new List<CaptureInterface>();
        for (int at = 0; at < bytes.Length;)
        {
            ReadOnlyMemory<byte> left = bytes[at..];
            if (at == 0 && (left.Length < PcapngBlock.Frame || UInt32(left, 0) != PcapngBlock.SectionHeader))
                throw new InvalidDataException("This is not a pcapng file.");
            if (left.Length < PcapngBlock.Frame)
                break;
            uint type = UInt32(left, 0), length = UInt32(left, 4);
            if (type == PcapngBlock.SectionHeader)
            {
                if (UInt32(left, 8) != PcapngBlock.ByteOrderMagic)
                    throw new InvalidDataException("The file was written by a machine of the other byte order; Wireshark's editcap rewrites it.");
                interfaces.Clear();
            }
            if (length is < PcapngBlock.Frame or > LongestBlock || length % 4 != 0)
                throw new InvalidDataException($"A block at byte {at} has {length} bytes, which no block has.");
            if (length > left.Length)
                break;

            ReadOnlyMemory<byte> body = left[8..((int)length - 4)];
            if (type == PcapngBlock.InterfaceDescription)
                interfaces.Add(ParseInterface(body, at));
            else if (type == PcapngBlock.EnhancedPacket)
                packets.Add(ParsePacket(body, packets.Count + 1, interfaces, at));
            at += (int)length;
        }
        return new CaptureFile(packets);
    }

    private static CaptureInterface ParseInterface(ReadOnlyMemory<byte> body, int at)
    {
        Expect(body.Length >= 8, at);

        // Microseconds unless it says otherwise; powers of two nobody uses.
        int digits = 6;
        foreach ((ushort code, ReadOnlyMemory<byte> value) in OptionsOf(body[8..], at))
        {
            if (code == PcapngBlock.TimeResolution && value.Length == 1 && value.Span[0] <= 9)
                digits = value.Span[0];
        }
        return new CaptureInterface(BinaryPrimitives.ReadUInt16LittleEndian(body.Span), (long)Math.Pow(10, 9 - digits));
    }

    private static CapturedPacket ParsePacket(ReadOnlyMemory<byte> body, int number, List<CaptureInterface> interfaces, int at)
    {
        const int Head = 20;
        Expect(body.Length >= Head, at);
        uint captured = UInt32(body, 12);
        Expect(UInt32(body, 0) < interfaces.Count && captured <= body.Length - Head, at);
        CaptureInterface from = interfaces[(int)UInt32(body, 0)];
        ulong time = ((ulong)UInt32(body, 4) << 32) | UInt32(body, 8);
        int options = Head + (((int)captured + 3) & ~3);
        Expect(options <= body.Length, at);
        return new CapturedPacket(
            number,
            unchecked((long)time * from.Nanoseconds),
            from.LinkType,
            body.Slice(Head, (int)captured),
            UInt32(body, 16),
            [.. OptionsOf(body[options..], at).Where(o => o.Code == PcapngBlock.Comment).Select(o => Encoding.UTF8.GetString(o.Value.Span))]);
    }

    private static IEnumerable<(ushort Code, ReadOnlyMemory<byte> Value)> OptionsOf(ReadOnlyMemory<byte> options, int at)
    {
        while (options.Length >= 4)
        {
            ushort code = BinaryPrimitives.ReadUInt16LittleEndian(options.Span), length = BinaryPrimitives.ReadUInt16LittleEndian(options.Span[2..]);
            if (code == PcapngBlock.EndOfOptions)
                yield break;
            int padded = 4 + ((length + 3) & ~3);
            Expect(padded <= options.Length, at);
            yield return (code, options.Slice(4, length));
            options = options[padded..];
        }
    }

    private static uint UInt32(ReadOnlyMemory<byte> bytes, int offset) => BinaryPrimitives.ReadUInt32LittleEndian(bytes.Span[offset..]);

    private static void Expect(bool holds, int at)
    {
        if (!holds)
            throw new InvalidDataException($"The block at byte {at} contradicts itself.");
    }

    private readonly record struct CaptureInterface(int LinkType, long Nanoseconds);
}
