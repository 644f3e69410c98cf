using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Mdev.Sdk.Bridge.Fuse.Messages;

namespace Mdev.Sdk.Bridge.Fuse;

/// <summary>A reply or notification under construction. A buffer of its thread, filled from the front.</summary>
internal ref struct Reply
{
    private readonly Span<byte> _buffer;
    private int _length;

    public Reply(Span<byte> buffer)
    {
        _buffer = buffer;
        _length = ReplyHeader.Size;
    }

    public readonly int Room => _buffer.Length - _length;

    public void Add<T>(in T value) where T : unmanaged
    {
        MemoryMarshal.Write(_buffer[_length..], in value);
        _length += Unsafe.SizeOf<T>();
    }

    public void Add(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(_buffer[_length..]);
        _length += bytes.Length;
    }

    /// <summary>Bytes that are there already.</summary>
    public void Skip(int count) => _length += count;

    /// <summary>Zeros up to a multiple of 8 bytes.</summary>
    public void Align()
    {
        int end = (_length + 7) & ~7;
        _buffer[_length..end].Clear();
        _length = end;
    }

    public readonly ReadOnlySpan<byte> Finish(ulong unique, int error)
    {
        MemoryMarshal.Write(_buffer, new ReplyHeader { Length = (uint)_length, Error = error, Unique = unique });
        return _buffer[.._length];
    }
}
