using Mdev.Sdk.Registers;

namespace Mdev.Sdk;

/// <summary>
/// Gives an array or inner block a window: the guest writes a number to an index register, and finds that register of the array at
/// the data register's offset. Access kinds, gates, locks and handlers are the array's, as at its own address. Put it on a property
/// with <see cref="RegisterArrayAttribute"/> or <see cref="BlockAttribute"/>, which need no address of their own then.
/// </summary>
/// <remarks>
/// <para>
/// An index past the end meets no register: the access is counted, logged, and reads as the block's <see cref="Unmapped"/> says. One
/// write to both, index below data, reaches the register of the new index, as the two cycles of a narrower bus would.
/// </para>
/// <para>
/// On an array, the window is as wide as a register and the index counts registers. On an inner block, it is as wide as the bus, has
/// that lane for itself, and the index counts lanes of the bus, or bytes with <c>Scale = 1</c>.
/// </para>
/// </remarks>
/// <param name="index">The index register's property, by <c>nameof</c>: an integer, or an enum over one.</param>
/// <param name="offset">Bytes from the start of the block to the data register; a multiple of its width.</param>
[AttributeUsage(AttributeTargets.Property, AllowMultiple = true)]
public sealed class IndexDataAttribute(string index, uint offset) : Attribute
{
    /// <summary>The index register's property.</summary>
    public string Index { get; } = index;

    /// <summary>Bytes from the start of the block to the data register.</summary>
    public uint Offset { get; } = offset;

    /// <summary>
    /// Of an array: what a guest's access does here, for every bit; the array's own access if not given. With
    /// <see cref="Access.RO"/> and <see cref="Access.WO"/>, one offset can have one index to read and another to write.
    /// </summary>
    public Access Access { get; set; }

    /// <summary>Of an inner block: bytes that one step of the index goes; the bus' width if not given.</summary>
    public uint Scale { get; set; }

    /// <summary>
    /// Whether the index register counts up after each access that met a register here, and from its highest value, or the highest that
    /// its <c>Mask</c> leaves it, to zero.
    /// </summary>
    public bool AutoIncrement { get; set; }

    /// <inheritdoc cref="RegisterAttribute.When"/>
    public string? When { get; set; }

    /// <summary>The opposite of <see cref="When"/>.</summary>
    public string? Unless { get; set; }

    /// <inheritdoc cref="RegisterAttribute.Is"/>
    public object? Is { get; set; }
}
