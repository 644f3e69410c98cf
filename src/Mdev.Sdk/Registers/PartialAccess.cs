namespace Mdev.Sdk.Registers;

/// <summary>
/// What an access does that touches some bytes of a register and not all of them (DML's <c>partial</c>). Of a register that is wider
/// than the bus (<see cref="Split"/>) it is the bytes in the lane that count: a lane with all its bytes is whole.
/// </summary>
/// <remarks>
/// Asked for each register by itself: an access of a lane may touch one register whole and its neighbour in part. Inner blocks
/// have a policy of their own. <c>Peek</c> and <c>Poke</c> reach any byte.
/// </remarks>
public enum PartialAccess
{
    /// <summary>The bytes that it touches do what they do, the register's others are left alone; a read gives the bytes it asks for.</summary>
    Merge,

    /// <summary>
    /// It does not meet that register. If it meets no other in the lane, it is counted, logged once by name and offset, reads as
    /// <see cref="Unmapped"/> says, and is dropped if it is a write. If it does meet another, the bytes of this one read as zero.
    /// </summary>
    Reject,

    /// <summary>A read is as with <see cref="Merge"/>; a write is dropped without a word, and no handler runs.</summary>
    Ignore,
}
