using System.Buffers.Binary;

namespace Mdev.Bridge.Tests.Protocol;

/// <summary>A reply or a notification, taken apart.</summary>
internal sealed class Answer
{
    public Answer(byte[] message)
    {
        Assert.True(message.Length >= 16);
        Assert.Equal((uint)message.Length, BinaryPrimitives.ReadUInt32LittleEndian(message));
        Error = BinaryPrimitives.ReadInt32LittleEndian(message.AsSpan(4));
        Unique = BinaryPrimitives.ReadUInt64LittleEndian(message.AsSpan(8));
        Body = message[16..];

        // Of a reply the kernel takes nothing else: it would leave the caller waiting for ever.
        Assert.True(Unique == 0 || (Error is <= 0 and > -512 && (Error == 0 || Body.Length == 0)), $"The kernel refuses an answer of error {Error}.");
    }

    /// <summary>Negative errno; a notification's code.</summary>
    public int Error { get; }

    /// <summary>0 of a notification.</summary>
    public ulong Unique { get; }

    public byte[] Body { get; }

    public uint U32(int offset) => BinaryPrimitives.ReadUInt32LittleEndian(Body.AsSpan(offset));

    public ulong U64(int offset) => BinaryPrimitives.ReadUInt64LittleEndian(Body.AsSpan(offset));
}
