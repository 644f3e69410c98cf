namespace Mdev.Sdk;

/// <summary>
/// Puts a register block inside of another one. The property is an ordinary one, set by the constructor; its type is a class
/// with <see cref="RegisterBlockAttribute"/>, or an array of one. What is <see langword="null"/>, or beyond the end of the
/// array, is absent: no register claims it.
/// </summary>
/// <param name="offset">Bytes from the start of the outer block; a multiple of its bus.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class BlockAttribute(uint offset) : Attribute
{
    /// <summary>Bytes from the start of the outer block to the first inner one.</summary>
    public uint Offset { get; } = offset;

    /// <summary>Number of blocks that the outer one has room for; 1 where the property is no array.</summary>
    public int Count { get; set; } = 1;

    /// <summary>Bytes from one block to the next, a multiple of the bus; the inner block's size if not given.</summary>
    public uint Stride { get; set; }
}
