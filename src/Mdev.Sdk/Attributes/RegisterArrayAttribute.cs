using Mdev.Sdk.Registers;

namespace Mdev.Sdk;

/// <summary>
/// Declares equal registers at equal distances. Put it on a <c>partial</c> property with only a getter, of type
/// <see cref="RegisterArray{T}"/>, or <see cref="RegisterArray{TIndex, T}"/> where an enum names the registers. Handlers get the index
/// as their first parameter, an <see cref="int"/> or that enum: <c>void Written(int index, uint old, uint value)</c>.
/// </summary>
/// <remarks>
/// Arrays may be interleaved, with each other and with registers, down to the byte: only what shares bytes in one direction, under
/// conditions that do not exclude each other, collides. <see cref="AliasAttribute"/> gives the whole array another address,
/// <see cref="IndexDataAttribute"/> an index and data pair.
/// </remarks>
[AttributeUsage(AttributeTargets.Property)]
public sealed class RegisterArrayAttribute : Attribute
{
    /// <summary>An array at an address of its own.</summary>
    /// <param name="offset">Bytes from the start of the block to the first register; a multiple of the registers' width.</param>
    /// <param name="count">Number of registers, at least 1.</param>
    public RegisterArrayAttribute(uint offset, int count) => (Offset, Count) = (offset, count);

    /// <summary>
    /// An array that is reached by <see cref="IndexDataAttribute"/> only: <c>[RegisterArray(Count = 128), IndexData(nameof(Index), 0x71)]</c>.
    /// </summary>
    public RegisterArrayAttribute()
    {
    }

    /// <summary>Bytes from the start of the block to the first register; <see langword="null"/> for an array without an address.</summary>
    public uint? Offset { get; }

    /// <summary>Number of registers, at least 1.</summary>
    public int Count { get; set; }

    /// <summary>
    /// Bytes from one register to the next, a multiple of the registers' width; that width if not given.
    /// </summary>
    public uint Stride { get; set; }

    /// <summary>What a guest's access does to the bits.</summary>
    public Access Access { get; set; }

    /// <summary>
    /// The member of the block that says whether the array is there: a bool one, or with <see cref="Is"/> one of any integer or enum
    /// type. Always, if not given. It is asked at this address; those of aliases and of index and data pairs have their own.
    /// </summary>
    public string? When { get; set; }

    /// <summary>The opposite of <see cref="When"/>.</summary>
    public string? Unless { get; set; }

    /// <inheritdoc cref="RegisterAttribute.Is"/>
    public object? Is { get; set; }

    /// <summary>The bits that a guest's write can reach; the others keep their value. All bits if not given.</summary>
    public ulong Mask { get; set; } = ulong.MaxValue;

    /// <summary>Value of every register after creation and after reset.</summary>
    public ulong Reset { get; set; }

    /// <summary>The value of each register after creation and after reset, as many as there are registers, where they differ.</summary>
    public ulong[]? Resets { get; set; }

    /// <summary>Which resets restore them.</summary>
    public ResetOn ResetOn { get; set; }

    /// <inheritdoc cref="RegisterAttribute.WritableWhen"/>
    public string? WritableWhen { get; set; }
}
