using Mdev.Sdk.State;

namespace Mdev.Sdk.Registers;

/// <summary>
/// What the generator makes of a class with <see cref="RegisterBlockAttribute"/>: a switch over the offsets of its
/// lanes. Everything wider, narrower, unaligned or out of bounds is dealt with before a lane is called.
/// </summary>
/// <remarks>
/// A lane is as wide as the block's bus and lies at a multiple of that width; its value is in the low bits. In a
/// little-endian block the least significant byte is the one at the lowest address, in a big-endian one the one at the
/// highest. <c>enabled</c> has 0xff for each byte of the lane that the access touches, and a register takes part if any
/// of its bytes does.
/// </remarks>
public interface IRegisterBlock : IStateful
{
    /// <summary>What the attributes say.</summary>
    RegisterBlockInfo Info { get; }

    /// <summary>
    /// The register map as data: what is declared, whatever is there in this instance. A block written by hand has an empty one.
    /// </summary>
    RegisterMap Map => new(Info, "", [], []);

    /// <summary>The register map of the type, as <see cref="RegisterMap.Of{TBlock}"/> gives it.</summary>
    /// <exception cref="NotSupportedException">The block is written by hand and says nothing of itself.</exception>
    static virtual RegisterMap Describe() => throw new NotSupportedException("The generator did not make this block; it has no map.");

    /// <summary>A guest's read of one lane, with side effects.</summary>
    /// <param name="offset">Offset of the lane in the block.</param>
    /// <param name="enabled">Mask of the bytes read.</param>
    /// <param name="value">The value; bits that no register claims are zero. Undefined on <see langword="false"/>.</param>
    /// <returns><see langword="false"/> if no readable register has an enabled byte here: nothing has happened.</returns>
    bool TryReadLane(uint offset, ulong enabled, out ulong value);

    /// <summary>A guest's write of one lane, with side effects.</summary>
    /// <param name="offset">Offset of the lane in the block.</param>
    /// <param name="value">The value; only enabled bytes count.</param>
    /// <param name="enabled">Mask of the bytes written.</param>
    /// <returns><see langword="false"/> if no writable register has an enabled byte here: nothing has happened.</returns>
    bool TryWriteLane(uint offset, ulong value, ulong enabled);

    /// <summary>
    /// What a guest would read, without side effects: no bit clears, nothing is latched, and of the handlers only those
    /// declared <see cref="OnReadAttribute.Pure"/> run; the others' registers show what is stored, or zero.
    /// </summary>
    /// <inheritdoc cref="TryReadLane"/>
    bool TryPeekLane(uint offset, ulong enabled, out ulong value)
    {
        value = 0;
        return false;
    }

    /// <summary>
    /// Stores into the registers of one lane as device code would: every bit of the enabled bytes takes the value, whatever
    /// its access, and no handler runs.
    /// </summary>
    /// <param name="offset">Offset of the lane in the block.</param>
    /// <param name="value">The value; only enabled bytes count.</param>
    /// <param name="enabled">Mask of the bytes stored.</param>
    /// <returns><see langword="false"/> if no register with storage has an enabled byte here.</returns>
    bool TryPokeLane(uint offset, ulong value, ulong enabled) => false;

    /// <summary>The register that an access would meet now, for logs and traces; no side effects.</summary>
    /// <param name="offset">Any byte of the block.</param>
    /// <param name="write">Whether it would be a write.</param>
    /// <returns>
    /// The name, <c>Channels[3].Source</c> inside of other blocks and arrays; <see langword="null"/> if no register claims this
    /// byte in this direction.
    /// </returns>
    string? NameAt(uint offset, bool write);

    /// <summary>
    /// Says who is to be told of writes to bits that are reserved or not implemented; nobody is, until then. Called again before each reset, as a
    /// device may have put other blocks into this one.
    /// </summary>
    /// <param name="watch">Is told.</param>
    /// <param name="origin">Where the block begins for <paramref name="watch"/>: what is added to its registers' offsets.</param>
    void Watch(IRegisterWatch watch, uint origin)
    {
    }

    /// <summary>
    /// Gives the registers their reset values, as far as this kind of reset reaches them, then runs the reset handlers. Runs no
    /// write handler.
    /// </summary>
    void Reset(ResetKind kind);

    /// <summary>The device ends: the block is disposed if it is <see cref="IDisposable"/>, after the blocks inside of it.</summary>
    void End() => (this as IDisposable)?.Dispose();

    /// <summary>Tells which character devices the block and the blocks inside of it are, in order; once, before the device is served.</summary>
    void FindCharDevices(Action<ICharDevice> found)
    {
        if (this is ICharDevice own)
            found(own);
    }
}
