namespace Mdev.Sdk.Generators.Reading;

/// <summary>A register: storage, or a method that stands in for it in one direction.</summary>
/// <param name="Name">In logs, traces and the register table.</param>
/// <param name="Offset">Bytes from the start of the block.</param>
/// <param name="Type">Type of its value.</param>
/// <param name="Conditions">All of them must hold for the register to be there.</param>
/// <param name="Order">Place in the source: among registers that share bytes, the first one that is there answers.</param>
/// <param name="Storage">The property that stores it, as code spells it; null for a method.</param>
/// <param name="Mask">Bits the guest can write.</param>
/// <param name="Reset">Value after reset.</param>
/// <param name="OnRead">Runs when the guest reads.</param>
/// <param name="OnWrite">Runs when the guest writes.</param>
internal sealed record RegisterModel(
    string Name,
    uint Offset,
    RegisterType Type,
    EquatableArray<Condition> Conditions,
    int Order,
    string? Storage,
    ulong Mask,
    ulong Reset,
    Handler? OnRead,
    Handler? OnWrite)
{
    public bool CanRead => Storage is not null || OnRead is not null;

    public bool CanWrite => Storage is not null || OnWrite is not null;

    /// <summary>One past the last byte; long because a wrong declaration may run over the end of 32 bits.</summary>
    public long End => (long)Offset + Type.Bytes;

    public bool Claims(bool write) => write ? CanWrite : CanRead;

    public bool SharesBytesWith(RegisterModel other) => Offset < other.End && other.Offset < End;

    public bool SharesDirectionWith(RegisterModel other) => (CanRead && other.CanRead) || (CanWrite && other.CanWrite);

    /// <summary>
    /// Whether the two are never there together, as far as the declaration shows: one wants what the other does not.
    /// </summary>
    public bool ExcludedBy(RegisterModel other) =>
        Conditions.Any(c => other.Conditions.Any(o => o.Member == c.Member && o.Wanted != c.Wanted));
}
