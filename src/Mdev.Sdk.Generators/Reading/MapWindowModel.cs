namespace Mdev.Sdk.Generators.Reading;

/// <summary>An index and data pair as the register map shows it.</summary>
/// <param name="Index">The index register's property.</param>
/// <param name="Offset">Bytes from the start of the block to the data register.</param>
/// <param name="Scale">Of an inner block, bytes that one step of the index goes; 0 of an array.</param>
/// <param name="Counts">Whether each access counts the index up.</param>
/// <param name="Condition">When it is there, as its author wrote it; empty if always.</param>
internal sealed record MapWindowModel(string Index, uint Offset, uint Scale, bool Counts, string Condition);
