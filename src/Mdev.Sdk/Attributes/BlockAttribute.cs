namespace Mdev.Sdk;

/// <summary>
/// Puts a register block inside of another one. The property is an ordinary one, set by the constructor; its type is a class
/// with <see cref="RegisterBlockAttribute"/>, or an array of one. What is <see langword="null"/>, or beyond the end of the
/// array, is absent: no register claims it.
/// </summary>
/// <remarks>
/// An inner block has the lanes of the bus in which it lies for itself. Blocks and what else lies there may share them if their
/// conditions exclude each other.
/// </remarks>
[AttributeUsage(AttributeTargets.Property)]
public sealed class BlockAttribute : Attribute
{
    /// <summary>A block at an address.</summary>
    /// <param name="offset">Bytes from the start of the outer block; a multiple of its bus.</param>
    public BlockAttribute(uint offset) => Offset = offset;

    /// <summary>A block that is reached by <see cref="IndexDataAttribute"/> only.</summary>
    public BlockAttribute()
    {
    }

    /// <summary>Bytes from the start of the outer block to the first inner one; <see langword="null"/> for one without an address.</summary>
    public uint? Offset { get; }

    /// <summary>Number of blocks that the outer one has room for; 1 where the property is no array.</summary>
    public int Count { get; set; } = 1;

    /// <summary>Bytes from one block to the next, a multiple of the bus; the inner block's size if not given.</summary>
    public uint Stride { get; set; }

    /// <summary>
    /// The member of the outer block that says whether the inner one is there: a bool one, or with <see cref="Is"/> one of any integer or
    /// enum type. Always, if not given. It is asked at this address; index and data pairs have conditions of their own.
    /// </summary>
    public string? When { get; set; }

    /// <summary>The opposite of <see cref="When"/>.</summary>
    public string? Unless { get; set; }

    /// <inheritdoc cref="RegisterAttribute.Is"/>
    public object? Is { get; set; }
}
