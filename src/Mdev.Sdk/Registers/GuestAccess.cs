using System.Numerics;

namespace Mdev.Sdk.Registers;

/// <summary>
/// The access that runs a handler, for handlers that ask: any <see cref="OnReadAttribute"/> or <see cref="OnWriteAttribute"/> method may
/// have it as its last parameter, <c>in GuestAccess access</c>.
/// </summary>
/// <param name="offset">Offset of the register in its block.</param>
/// <param name="enabled">Bytes of the register.</param>
/// <param name="isPeek">Whether it is a look.</param>
public readonly struct GuestAccess(uint offset, ulong enabled, bool isPeek)
{
    /// <summary>
    /// Where the register was met: bytes from the start of its block to the first byte of the register, of the one of an array, or of the alias
    /// that was used.
    /// </summary>
    public uint Offset { get; } = offset;

    /// <summary>
    /// The bytes of the register that the access touches: 0xff for each, the register's least significant byte lowest. Of a register
    /// that is <see cref="Split"/> a read takes all bytes, and a write those that have been collected.
    /// </summary>
    public ulong Enabled { get; } = enabled;

    /// <summary>Number of bytes of the register that the access touches; 1 to 8.</summary>
    public int Width => BitOperations.PopCount(Enabled) / 8;

    /// <summary>
    /// Whether nobody but a look from outside asks (<c>Peek</c>, <c>Dump</c>), which only a handler that is
    /// <see cref="OnReadAttribute.Pure"/> can be told.
    /// </summary>
    public bool IsPeek { get; } = isPeek;
}
