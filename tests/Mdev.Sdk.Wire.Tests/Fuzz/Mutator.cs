using System.Buffers.Binary;
using Mdev.Sdk.Wire.Tests.Conversations;
using Mdev.Sdk.Wire.Tests.Support;

namespace Mdev.Sdk.Wire.Tests.Fuzz;

/// <summary>Makes of a conversation what no client in its right mind would say.</summary>
internal sealed class Mutator(Random random, Corpus corpus, string kinds)
{
    private static readonly ulong[] s_borders =
    [
        0, 1, 2, 3, 4, 7, 8, 15, 16, 19, 20, 24, 31, 32, 40, 63, 64, 0xff, 0x100, 0x101, 0xfff, 0x1000, 0x1001, 0x10000,
        Raw.MaxTransfer - 1, Raw.MaxTransfer, Raw.MaxTransfer + 1, 0x7fff_ffff, 0x8000_0000, 0xffff_f000, uint.MaxValue - 1, uint.MaxValue,
        1ul << 32, 8ul << 40, long.MaxValue, 1ul << 63, ulong.MaxValue - 0xfff, ulong.MaxValue - 1, ulong.MaxValue,
    ];

    // The commands of the protocol, and some that are none.
    private static readonly ushort[] s_commands = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 999, 0xffff];
    private static readonly ushort[] s_bodies = [6, 11, 12, 14, 15, 16, 17, 18];

    /// <summary>Some messages that follow each other, out of a conversation at a place.</summary>
    /// <param name="recorded">The conversation.</param>
    /// <param name="at">The place; moves on.</param>
    /// <param name="count">How many messages.</param>
    public List<Line> Burst(Line[] recorded, ref int at, int count)
    {
        var burst = new List<Line>();
        while (burst.Count < count)
        {
            at %= recorded.Length;
            Line next = recorded[at];
            switch (random.Next(64))
            {
                case 0:
                    at = random.Next(recorded.Length);
                    break;
                case 1:
                    // Dropped.
                    at++;
                    continue;
                case 2 when burst.Count > 0:
                    next = burst[^1];
                    break;
                case 3:
                    next = Spliced(next, recorded[random.Next(recorded.Length)]);
                    break;
                case 4 or 5:
                    next = RandomBody();
                    break;
                case < 14:
                    next = corpus.Messages[random.Next(corpus.Messages.Length)];
                    break;
                default:
                    at++;
                    break;
            }
            burst.Add(Mutated(next));
        }

        if (random.Next(10) == 0)
            random.Shuffle(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(burst));
        return burst;
    }

    /// <summary>The message, or one like it.</summary>
    public Line Mutated(Line line)
    {
        byte[] bytes = (byte[])line.Bytes.Clone();
        string descriptors = line.Descriptors;
        BinaryPrimitives.WriteUInt16LittleEndian(bytes, (ushort)random.Next(0x10000));
        for (int i = random.Next(3); i > 0 && random.Next(2) == 0; i--)
            MutatePayload(ref bytes);
        if (random.Next(12) == 0)
            bytes[8] ^= (byte)Raw.NoReply;
        if (random.Next(40) == 0)
            BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(2), s_commands[random.Next(s_commands.Length)]);
        if (random.Next(25) == 0)
            descriptors = MutatedDescriptors(descriptors);
        if (random.Next(400) == 0)
            MutateHeader(bytes);
        return new Line(FromClient: true, descriptors, bytes);
    }

    /// <summary>What a client says to a command of the server's: what it should, something else, or nothing.</summary>
    public Line? AnswerTo(byte[] asked)
    {
        const ushort DmaRead = 11;
        byte[] payload = asked[16..Math.Min(asked.Length, 32)];
        ulong count = payload.Length == 16 ? BinaryPrimitives.ReadUInt64LittleEndian(payload.AsSpan(8)) : 0;
        if (BinaryPrimitives.ReadUInt16LittleEndian(asked.AsSpan(2)) == DmaRead)
            payload = [.. payload, .. new byte[Math.Min(count, Raw.MaxTransfer)]];
        byte[] answer = Raw.Message(
            BinaryPrimitives.ReadUInt16LittleEndian(asked.AsSpan(2)), payload, BinaryPrimitives.ReadUInt16LittleEndian(asked), Raw.IsReply);
        switch (random.Next(16))
        {
            case < 2:
                return null;
            case 2:
                answer = answer[..16];
                BinaryPrimitives.WriteUInt32LittleEndian(answer.AsSpan(4), 16);
                BinaryPrimitives.WriteUInt32LittleEndian(answer.AsSpan(8), Raw.IsReply | Raw.IsError);
                BinaryPrimitives.WriteUInt32LittleEndian(answer.AsSpan(12), (uint)s_borders[random.Next(12)]);
                break;
            case 3:
                MutatePayload(ref answer);
                break;
            case 4:
                random.NextBytes(answer.AsSpan(0, 2));
                break;
        }
        return new Line(FromClient: true, random.Next(20) == 0 ? RandomKinds(2) : "", answer);
    }

    private void MutatePayload(ref byte[] bytes)
    {
        (int offset, int size) = Layouts.Field(random, bytes);
        Span<byte> field = bytes.AsSpan(offset, size);
        Span<byte> word = stackalloc byte[8];
        word.Clear();
        field.CopyTo(word);
        ulong value = BinaryPrimitives.ReadUInt64LittleEndian(word);
        switch (random.Next(8))
        {
            case 0:
                value ^= 1ul << random.Next(size * 8);
                break;
            case 1:
                value += (ulong)random.Next(-2, 3);
                break;
            case 2:
                value = (ulong)random.NextInt64();
                break;
            case 3:
                Resize(ref bytes, bytes.Length - random.Next(Math.Min(bytes.Length - 15, 25)));
                return;
            case 4:
                Resize(ref bytes, bytes.Length + random.Next(1, random.Next(20) == 0 ? 5000 : 25));
                return;
            default:
                value = s_borders[random.Next(s_borders.Length)] + (random.Next(4) == 0 ? (ulong)random.Next(-1, 2) : 0);
                break;
        }
        BinaryPrimitives.WriteUInt64LittleEndian(word, value);
        word[..size].CopyTo(field);
    }

    private void Resize(ref byte[] bytes, int length)
    {
        int before = bytes.Length;
        Array.Resize(ref bytes, Math.Max(length, 16));
        if (bytes.Length > before)
            random.NextBytes(bytes.AsSpan(before));
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(4), bytes.Length);
    }

    // Nobody knows what follows such a header; or the type is none, or an errno in a command.
    private void MutateHeader(byte[] bytes)
    {
        switch (random.Next(4))
        {
            case 0:
                BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(4), random.Next(3) switch
                {
                    0 => (uint)random.Next(16),
                    1 => uint.MaxValue - (uint)random.Next(0x1000),
                    _ => (uint)(bytes.Length + random.Next(-8, 9)),
                });
                break;
            case 1:
                bytes[8] = (byte)random.Next(256);
                break;
            default:
                random.NextBytes(bytes.AsSpan(9, 7));
                break;
        }
    }

    private string MutatedDescriptors(string descriptors) => random.Next(4) switch
    {
        0 => "",
        1 => descriptors + RandomKinds(random.Next(1, 4)),
        2 => RandomKinds(Math.Max(descriptors.Length, 1)),
        _ => RandomKinds(random.Next(8) == 0 ? random.Next(1, 254) : random.Next(1, 20)),
    };

    private string RandomKinds(int count) => string.Concat(Enumerable.Range(0, count).Select(_ => kinds[random.Next(kinds.Length)]));

    // The beginning of one and the end of another.
    private Line Spliced(Line first, Line second)
    {
        byte[] bytes = [.. first.Bytes[..random.Next(16, first.Bytes.Length + 1)], .. second.Bytes[random.Next(16, second.Bytes.Length + 1)..]];
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(4), bytes.Length);
        return new Line(FromClient: true, random.Next(2) == 0 ? first.Descriptors : second.Descriptors, bytes);
    }

    private Line RandomBody()
    {
        byte[] body = new byte[random.Next(2) == 0 ? random.Next(64) : 8 * random.Next(16)];
        random.NextBytes(body);

        // Most of what is read as a length or a flag is small, or the command would never be believed.
        for (int i = 0; i + 4 <= body.Length; i += 4)
        {
            if (random.Next(4) != 0)
                BinaryPrimitives.WriteUInt32LittleEndian(body.AsSpan(i), (uint)s_borders[random.Next(20)] << (random.Next(6) == 0 ? 16 : 0));
        }
        return new Line(FromClient: true, "", Raw.Message(s_bodies[random.Next(s_bodies.Length)], body));
    }
}
