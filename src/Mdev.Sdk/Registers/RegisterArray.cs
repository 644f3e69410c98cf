namespace Mdev.Sdk.Registers;

/// <summary>
/// The registers of a <see cref="RegisterArrayAttribute"/>. Access is raw: no side effect, no handler. The generator makes it.
/// </summary>
/// <typeparam name="T">Type of one register: an unsigned integer, an enum over one, a bit-field struct.</typeparam>
public sealed class RegisterArray<T>
    where T : unmanaged
{
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

    /// <summary>One register.</summary>
    /// <exception cref="IndexOutOfRangeException">There is none with that index.</exception>
    public ref T this[int index] => ref _values[index];

    /// <summary>All of them.</summary>
    public Span<T> AsSpan() => _values;
}
