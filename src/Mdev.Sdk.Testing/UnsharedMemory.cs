using System.Buffers.Binary;

namespace Mdev.Sdk.Testing;

/// <summary>Memory of a make-believe guest that no descriptor leads to: a device reaches it by asking the client.</summary>
/// <param name="address">Guest DMA address of the first byte.</param>
/// <param name="size">Bytes.</param>
public sealed class UnsharedMemory(ulong address, int size)
{
    private const int HeadSize = 16;

    private readonly byte[] _bytes = new byte[size];
    private readonly Lock _gate = new();

    /// <summary>Guest DMA address of the first byte.</summary>
    public ulong Address { get; } = address;

    /// <summary>Bytes.</summary>
    public int Size => _bytes.Length;

    /// <summary>What the guest sees.</summary>
    /// <param name="offset">Offset in the memory.</param>
    /// <param name="count">Bytes.</param>
    public byte[] Read(int offset, int count)
    {
        lock (_gate)
            return _bytes.AsSpan(offset, count).ToArray();
    }

    /// <summary>What the guest stores.</summary>
    /// <param name="offset">Offset in the memory.</param>
    /// <param name="bytes">The bytes.</param>
    public void Write(int offset, ReadOnlySpan<byte> bytes)
    {
        lock (_gate)
            bytes.CopyTo(_bytes.AsSpan(offset));
    }

    /// <summary>Does what a device asks for, for <see cref="VfioUserClient.ServeDma(Func{VfioDmaRequest, VfioDmaAnswer})"/>.</summary>
    /// <param name="request">What it asks for.</param>
    /// <returns>The right reply; EFAULT where the memory is not.</returns>
    public VfioDmaAnswer Answer(VfioDmaRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        ulong offset = request.Address - Address;
        if (offset > (ulong)Size || request.Count > (ulong)Size - offset)
            return VfioDmaAnswer.Refusal(Errno.EFAULT);

        byte[] reply = new byte[HeadSize + (request.IsWrite ? 0 : (int)request.Count)];
        BinaryPrimitives.WriteUInt64LittleEndian(reply, request.Address);
        BinaryPrimitives.WriteUInt64LittleEndian(reply.AsSpan(8), request.Count);
        if (request.Data is { } data)
            Write((int)offset, data);
        else
            Read((int)offset, (int)request.Count).CopyTo(reply, HeadSize);
        return VfioDmaAnswer.Reply(reply);
    }
}
