namespace Mdev.Sdk.Generators.Reading;

/// <summary>A register: storage, a second address of it, or a method that stands in for it in one direction.</summary>
/// <param name="Name">In logs, traces and the register table.</param>
/// <param name="Offset">Bytes from the start of the block.</param>
/// <param name="Type">Type of its value.</param>
/// <param name="Conditions">All of them must hold for the register to be there.</param>
/// <param name="Order">Place in the source: among registers that share bytes, the first one that is there answers.</param>
/// <param name="Storage">The property that stores it, as code spells it; null for a method.</param>
/// <param name="Access">What a guest's access does to each bit.</param>
/// <param name="Claims">Directions in which the declaration lets the guest in: 1 reads, 2 writes.</param>
/// <param name="Reset">Value after reset.</param>
/// <param name="ResetOn">Which resets restore it: the value of Mdev.Sdk.Registers.ResetOn.</param>
/// <param name="Gate">The expression without which a write changes nothing; null for none.</param>
/// <param name="IsAlias">Whether it is a second address of a register that is declared elsewhere.</param>
/// <param name="IsConstant">Whether its property has no setter.</param>
/// <param name="OnRead">Runs when the guest reads.</param>
/// <param name="OnWrite">Runs when the guest writes.</param>
internal sealed record RegisterModel(
    string Name,
    uint Offset,
    RegisterType Type,
    EquatableArray<Condition> Conditions,
    int Order,
    string? Storage,
    AccessMasks Access,
    int Claims,
    ulong Reset,
    int ResetOn,
    string? Gate,
    bool IsAlias,
    bool IsConstant,
    Handler? OnRead,
    Handler? OnWrite)
{
    public const int Reads = 1, Writes = 2;

    /// <summary>The index and data pair whose data register this is; null for a register of its own.</summary>
    public WindowModel? Window { get; init; }

    /// <summary>Value of Mdev.Sdk.Registers.Split.</summary>
    public int Split { get; init; }

    /// <summary>Where it lies in the block, as code computes it: an element of an array. Null for <see cref="Offset"/>.</summary>
    public string? Address { get; init; }

    /// <summary>Reserved bits, and those that are not implemented.</summary>
    public EquatableArray<WatchedBits> Watched { get; init; }

    public bool LatchesReads => (Split & 1) != 0;

    public bool CommitsWrites => (Split & 2) != 0;

    /// <summary>Whether an access of a part of it would do something to the whole, of a bus that is narrower.</summary>
    public bool NeedsSplit =>
        (CanWrite && !CommitsWrites)
        || (CanRead && !LatchesReads && (OnRead is not null || (!IsConstant && (Access.RC | Access.RS) != 0)));

    /// <summary>The field that says which bits have been written once.</summary>
    public string LockField => $"_lockedOf{Storage!.Replace("this.", "").TrimStart('@').Replace("[at]", "")}{(Storage.EndsWith("[at]", StringComparison.Ordinal) ? "[at]" : "")}";

    public bool CanRead => OnRead is not null || (Storage is not null && (Claims & Reads) != 0);

    public bool CanWrite => OnWrite is not null || (Storage is not null && (Claims & Writes) != 0);

    /// <summary>One past the last byte; long because a wrong declaration may run over the end of 32 bits.</summary>
    public long End => (long)Offset + Type.Bytes;

    public bool Answers(bool write) => write ? CanWrite : CanRead;

    /// <summary>Whether a handler may answer: a window may be one way only.</summary>
    public bool Opens(bool write) => Window is not { IsLimited: true } || (Claims & (write ? Writes : Reads)) != 0;

    public bool SharesBytesWith(RegisterModel other) => Offset < other.End && other.Offset < End;

    public bool SharesDirectionWith(RegisterModel other) => (CanRead && other.CanRead) || (CanWrite && other.CanWrite);

    /// <summary>
    /// Whether the two are never there together, as far as the declaration shows: one wants what the other does not.
    /// </summary>
    public bool ExcludedBy(RegisterModel other) => Conditions.Any(c => other.Conditions.Any(c.Excludes));
}
