using System.Buffers.Binary;

namespace Mdev.Sdk.State;

/// <summary>Writes a device's state. Generated code calls it; numbers are little-endian.</summary>
public sealed class StateWriter
{
    private readonly Stack<int> _open = new();
    private byte[] _bytes = new byte[1024];
    private int _count;

    private readonly int _most;

    /// <param name="most">Bytes that there may be: lengths have 31 bits.</param>
    internal StateWriter(int most = int.MaxValue) => _most = Math.Min(most, Array.MaxLength);

    internal ReadOnlySpan<byte> Written => _bytes.AsSpan(0, _count);

    /// <summary>Begins a part: its layout, and then a length that <see cref="End"/> fills in.</summary>
    /// <param name="layout">Says what follows; a reader of another layout refuses it.</param>
    public void Begin(ulong layout)
    {
        Write(sizeof(ulong), layout);
        _open.Push(_count);
        Write(sizeof(uint), 0);
    }

    /// <summary>Ends the part that was begun last.</summary>
    public void End()
    {
        int start = _open.Pop();
        BinaryPrimitives.WriteInt32LittleEndian(_bytes.AsSpan(start), _count - start - sizeof(uint));
    }

    /// <summary>A number.</summary>
    /// <param name="bytes">1 to 8.</param>
    /// <param name="value">Only so many of its bytes count.</param>
    public void Write(int bytes, ulong value)
    {
        Span<byte> all = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64LittleEndian(all, value);
        Write(all[..bytes]);
    }

    /// <summary>Bytes as they are; the reader knows how many.</summary>
    /// <exception cref="InvalidOperationException">The state takes more than 2 GiB.</exception>
    public void Write(ReadOnlySpan<byte> bytes)
    {
        long needed = (long)_count + bytes.Length;
        if (needed > _most)
            throw new InvalidOperationException("The device's state takes more than 2 GiB, most of it memory that is not zero, and a saved state holds no more.");
        if (needed > _bytes.Length)
            Array.Resize(ref _bytes, (int)Math.Min(_most, Math.Max(2L * _bytes.Length, needed)));
        bytes.CopyTo(_bytes.AsSpan(_count));
        _count += bytes.Length;
    }

    /// <summary>A UUID.</summary>
    public void Write(Guid value) => Write(value.ToByteArray());

    /// <summary>A text, or none.</summary>
    public void Write(string? value)
    {
        WriteLength(value?.Length);

        // Character by character: an encoding would not keep half of a surrogate pair.
        foreach (char character in value ?? "")
            Write(sizeof(char), character);
    }

    /// <summary>The number of elements that follow; <see langword="null"/> for no array.</summary>
    public void WriteLength(int? length) => Write(sizeof(int), unchecked((uint)(length ?? -1)));

    /// <summary>A block inside of another one, or the absence of one.</summary>
    public void Write(IStateful? block)
    {
        Write(1, block is null ? 0ul : 1);
        block?.SaveState(this);
    }
}
