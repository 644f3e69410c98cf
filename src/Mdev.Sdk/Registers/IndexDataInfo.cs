namespace Mdev.Sdk.Registers;

/// <summary>An index and data pair: an <see cref="IndexDataAttribute"/>.</summary>
/// <param name="Index">The index register's property.</param>
/// <param name="Offset">Bytes from the start of the block to the data register.</param>
public sealed record IndexDataInfo(string Index, uint Offset)
{
    /// <summary>Of an inner block: bytes that one step of the index goes. 0 of an array, whose index counts registers.</summary>
    public uint Scale { get; init; }

    /// <summary>Whether each access counts the index up.</summary>
    public bool AutoIncrement { get; init; }

    /// <summary>When it is there, as <see cref="RegisterInfo.Condition"/>; empty if always.</summary>
    public string Condition { get; init; } = "";
}
