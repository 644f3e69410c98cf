using System.Buffers.Binary;
using System.Globalization;

namespace Mdev.Sdk.State;

/// <summary>
/// Reads what <see cref="StateWriter"/> wrote, twice: once to find out whether all of it fits, and once to apply it. Generated code
/// calls it. Whatever the bytes are it throws nothing, and after the first problem it reads nothing more.
/// </summary>
public ref struct StateReader
{
    private readonly ReadOnlySpan<byte> _form;
    private readonly bool _apply;
    private int _at;
    private int _end;

    // How many parts are open bounds nothing by itself: generated code opens as many as the device has.
    private readonly Stack<int> _ends = new();

    internal StateReader(ReadOnlySpan<byte> form, bool apply)
    {
        _form = form;
        (_apply, _end) = (apply, form.Length);
    }

    /// <summary>Whether what is read becomes the device's state.</summary>
    public readonly bool Applies => _apply && Problem is null;

    /// <summary>Whether something was wrong: nothing more is read.</summary>
    internal readonly bool Fails => Problem is not null;

    /// <summary>The first thing that was wrong, as a sentence; <see langword="null"/> so far.</summary>
    internal string? Problem { readonly get; private set; }

    /// <summary>Begins a part.</summary>
    /// <param name="name">What it is the state of, for people.</param>
    /// <param name="layout">The layout that is expected.</param>
    /// <returns>Whether it is there; otherwise nothing more is read.</returns>
    public bool Begin(string name, ulong layout)
    {
        if (!Take(sizeof(ulong) + sizeof(int), out ReadOnlySpan<byte> head))
            return false;
        int length = BinaryPrimitives.ReadInt32LittleEndian(head[sizeof(ulong)..]);
        if (BinaryPrimitives.ReadUInt64LittleEndian(head) != layout)
            return Refuse($"The state of {name} was saved with another layout: its registers or saved members have changed since.");
        if (length < 0 || length > _end - _at)
            return Refuse($"The state of {name} is longer than what there is of it.");
        _ends.Push(_end);
        _end = _at + length;
        return true;
    }

    /// <summary>Ends the part that was begun last.</summary>
    public void End()
    {
        if (Problem is not null)
            return;
        if (_at != _end)
            Refuse($"A part of the state has {(_end - _at).ToString(CultureInfo.InvariantCulture)} bytes that nothing reads.");
        _end = _ends.Pop();
    }

    /// <summary>A number.</summary>
    /// <param name="bytes">1 to 8.</param>
    /// <param name="value">The value; zero where it cannot be read.</param>
    /// <returns>Whether to apply it.</returns>
    public bool Next(int bytes, out ulong value)
    {
        value = 0;
        if (!Take(bytes, out ReadOnlySpan<byte> taken))
            return false;
        for (int i = bytes - 1; i >= 0; i--)
            value = (value << 8) | taken[i];
        return _apply;
    }

    /// <summary>So many bytes as they are.</summary>
    /// <returns>Whether to apply them.</returns>
    public bool Next(int count, out ReadOnlySpan<byte> bytes) => Take(count, out bytes) && _apply;

    /// <summary>A UUID.</summary>
    /// <returns>Whether to apply it.</returns>
    public bool Next(out Guid value)
    {
        const int Size = 16;
        bool taken = Take(Size, out ReadOnlySpan<byte> bytes);
        value = taken ? new Guid(bytes) : default;
        return taken && _apply;
    }

    /// <summary>A text.</summary>
    /// <param name="name">The member, for people.</param>
    /// <param name="nullable">Whether there may be none.</param>
    /// <param name="value">The text; empty where it cannot be read.</param>
    /// <returns>Whether to apply it.</returns>
    public bool Next(string name, bool nullable, out string? value)
    {
        int? length = NextLength(name, sizeof(char), nullable, fixedLength: null);
        value = length is null ? null : "";
        if (length is > 0 && Take(length.Value * sizeof(char), out ReadOnlySpan<byte> bytes) && _apply)
        {
            var characters = new char[length.Value];
            for (int i = 0; i < characters.Length; i++)
                characters[i] = (char)BinaryPrimitives.ReadUInt16LittleEndian(bytes[(2 * i)..]);
            value = new string(characters);
        }
        return Applies;
    }

    /// <summary>The number of elements that follow.</summary>
    /// <param name="name">The member, for people.</param>
    /// <param name="bytes">The least that an element takes; at least 1.</param>
    /// <param name="nullable">Whether there may be no array.</param>
    /// <param name="fixedLength">The length that it must have; any if not given.</param>
    /// <returns>The number, which what is left has room for; <see langword="null"/> for no array; 0 where it cannot be read.</returns>
    public int? NextLength(string name, int bytes, bool nullable, int? fixedLength)
    {
        if (!Take(sizeof(int), out ReadOnlySpan<byte> taken))
            return 0;
        int length = BinaryPrimitives.ReadInt32LittleEndian(taken);
        if (length == -1 && nullable)
            return null;
        if (length < 0 || length > (_end - _at) / bytes)
            Refuse($"'{name}' has a length for which there are no bytes.");
        else if (fixedLength is { } wanted && wanted != length)
            Refuse(string.Create(CultureInfo.InvariantCulture, $"'{name}' has {wanted} elements here, and {length} in the saved state."));
        return Problem is null ? length : 0;
    }

    /// <summary>A block inside of another one.</summary>
    /// <param name="reader">Where from.</param>
    /// <param name="name">The property, for people.</param>
    /// <param name="block">The block; <see langword="null"/> where there is none.</param>
    public static void Next(ref StateReader reader, string name, IStateful? block)
    {
        bool here = block is not null;
        reader.Next(1, out ulong there);
        if (reader.Problem is null && there != (here ? 1ul : 0))
            reader.Refuse($"'{name}' is {(here ? "there" : "absent")} in this device, and the other way in the saved state.");
        if (reader.Problem is null)
            block?.LoadState(ref reader);
    }

    /// <summary>Refuses the whole, unless something before was wrong already.</summary>
    /// <param name="problem">Why, as a sentence.</param>
    /// <returns>Always <see langword="false"/>.</returns>
    public bool Refuse(string problem)
    {
        Problem ??= problem;
        return false;
    }

    private bool Take(int count, out ReadOnlySpan<byte> bytes)
    {
        bytes = default;
        if (Problem is not null)
            return false;
        if (count > _end - _at)
            return Refuse("The saved state ends too early.");
        bytes = _form.Slice(_at, count);
        _at += count;
        return true;
    }
}
