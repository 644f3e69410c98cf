using System.Runtime.CompilerServices;

namespace Mdev.Sdk.Registers;

/// <summary>
/// The registers of a <see cref="RegisterArrayAttribute"/> that a data sheet gives names: <c>V[Vbe.Id]</c>. Access is raw: no side
/// effect, no handler. The generator makes it.
/// </summary>
/// <typeparam name="TIndex">The names: the number of each member is that of its register, from 0.</typeparam>
/// <typeparam name="T">Type of one register: an unsigned integer, an enum over one, a bit-field struct.</typeparam>
public sealed class RegisterArray<TIndex, T>
    where TIndex : unmanaged, Enum
    where T : unmanaged
{
    // Of the type, not of the value: compiled code of one index type holds the answer and no question.
    private static readonly bool s_signed = Type.GetTypeCode(typeof(TIndex)) is TypeCode.SByte or TypeCode.Int16 or TypeCode.Int32 or TypeCode.Int64;

    private readonly T[] _values;

    /// <summary>Registers of one value.</summary>
    /// <param name="length">Number of registers.</param>
    /// <param name="value">The value of each.</param>
    public RegisterArray(int length, T value = default)
    {
        _values = new T[length];
        Array.Fill(_values, value);
    }

    /// <summary>Registers of differing values.</summary>
    /// <param name="values">The value of each.</param>
    public RegisterArray(ReadOnlySpan<T> values) => _values = values.ToArray();

    /// <summary>Number of registers.</summary>
    public int Length => _values.Length;

    /// <summary>One register, by its name.</summary>
    /// <exception cref="IndexOutOfRangeException">There is none of that number.</exception>
    public ref T this[TIndex index] => ref _values[NumberOf(index)];

    /// <summary>One register, by its number.</summary>
    /// <exception cref="IndexOutOfRangeException">There is none of that number.</exception>
    public ref T this[int index] => ref _values[index];

    /// <summary>All of them.</summary>
    public Span<T> AsSpan() => _values;

    // As an array takes it: what is negative or beyond 64 bits' sign is outside of every array, and checked by it.
    private static long NumberOf(TIndex index) => Unsafe.SizeOf<TIndex>() switch
    {
        sizeof(byte) => s_signed ? Unsafe.BitCast<TIndex, sbyte>(index) : Unsafe.BitCast<TIndex, byte>(index),
        sizeof(ushort) => s_signed ? Unsafe.BitCast<TIndex, short>(index) : Unsafe.BitCast<TIndex, ushort>(index),
        sizeof(uint) => s_signed ? Unsafe.BitCast<TIndex, int>(index) : Unsafe.BitCast<TIndex, uint>(index),
        _ => Unsafe.BitCast<TIndex, long>(index),
    };
}
