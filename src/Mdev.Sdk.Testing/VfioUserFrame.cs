using System.Buffers.Binary;
using Microsoft.Win32.SafeHandles;

namespace Mdev.Sdk.Testing;

/// <summary>One message as it came over the wire. Source: vfio-user, "Header".</summary>
/// <remarks>Owns the descriptors that came with it.</remarks>
public sealed class VfioUserFrame : IDisposable
{
    /// <summary>Bytes of a header.</summary>
    public const int HeaderSize = 16;

    private readonly byte[] _bytes;

    internal VfioUserFrame(byte[] bytes, IReadOnlyList<SafeFileHandle> descriptors) =>
        (_bytes, Descriptors) = (bytes, descriptors);

    /// <summary>Header and payload.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes;

    /// <summary>What follows the header.</summary>
    public ReadOnlySpan<byte> Payload => _bytes.AsSpan(HeaderSize);

    /// <summary>The sender's number for the message; a reply repeats that of its command.</summary>
    public ushort Id => BinaryPrimitives.ReadUInt16LittleEndian(_bytes);

    /// <summary>The command.</summary>
    public ushort Command => BinaryPrimitives.ReadUInt16LittleEndian(_bytes.AsSpan(2));

    /// <summary>Type in bits 0 to 3 (1 is a reply), 0x10 No_reply, 0x20 Error.</summary>
    public uint Flags => BinaryPrimitives.ReadUInt32LittleEndian(_bytes.AsSpan(8));

    /// <summary>What an error reply says; None where the Error flag is not set.</summary>
    public Errno Error =>
        (Flags & 0x20) != 0 ? (Errno)BinaryPrimitives.ReadInt32LittleEndian(_bytes.AsSpan(12)) : Errno.None;

    /// <summary>The descriptors that came with the message.</summary>
    public IReadOnlyList<SafeFileHandle> Descriptors { get; }

    /// <summary>Closes the descriptors.</summary>
    public void Dispose()
    {
        foreach (SafeFileHandle descriptor in Descriptors)
            descriptor.Dispose();
    }
}
