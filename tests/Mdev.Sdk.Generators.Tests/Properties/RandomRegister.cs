using Mdev.Sdk.Registers;

namespace Mdev.Sdk.Generators.Tests.Properties;

/// <summary>One register, or one element of an array, at one of its addresses: what both the source and the model are made from.</summary>
/// <param name="Slot">Where its value is kept; addresses of one register share it.</param>
/// <param name="Offset">Address of its first byte.</param>
/// <param name="Bytes">Its width.</param>
/// <param name="Access">The access of each bit.</param>
/// <param name="Mask">Bits that a write can reach.</param>
internal sealed record RandomRegister(int Slot, int Offset, int Bytes, Access[] Access, ulong Mask)
{
    public ulong Reset { get; init; }
    public ResetOn ResetOn { get; init; }

    /// <summary>Value of <c>Page</c> at which it is there; null for always.</summary>
    public int? Page { get; init; }

    /// <summary>Whether <c>Open</c> must be set for a write to count.</summary>
    public bool Gated { get; init; }

    public bool Constant { get; init; }

    /// <summary>Whether a write handler stores the sum of the old and the new value instead.</summary>
    public bool Adds { get; init; }

    /// <summary>Whether a read handler shows the complement.</summary>
    public bool Inverts { get; init; }

    /// <summary>Whether its handlers ask for the access, and mix it into what they return.</summary>
    public bool TakesAccess { get; init; }

    /// <summary>What an access of some of its bytes does: the policy of the block that declares it.</summary>
    public PartialAccess Partial { get; init; }

    /// <summary>Whether it is a second address, at which nothing is poked unless it is a window.</summary>
    public bool IsAlias { get; init; }

    /// <summary>Whether it has no address of its own.</summary>
    public bool IsHidden { get; init; }

    /// <summary>Of a window: the slot that a number in the index register means; <see langword="null"/> where it means none.</summary>
    public Func<ulong, int?>? Reach { get; init; }

    /// <summary>Of a window: where its index is kept.</summary>
    public int IndexSlot { get; init; }

    /// <summary>Of a window: bits of the index that count up after an access; 0 for none.</summary>
    public ulong Counter { get; init; }

    /// <summary>Runs of bits that no guest changes, some with the value that must be written to them.</summary>
    public (int High, int Low, ulong? Must)[] Runs { get; init; } = [];

    /// <summary>Bits that are not implemented: a mask for each time that something says so.</summary>
    public IReadOnlyList<ulong> Missing { get; init; } = [];

    /// <summary>Whether the address tells of reserved bits: one with an access of its own does not.</summary>
    public bool Watches { get; init; } = true;

    /// <summary>How it is wider than the bus; none for one that fits.</summary>
    public Split Split { get; init; }

    /// <summary>Where its address keeps what an unfinished access leaves; a number for each address that is split.</summary>
    public int Address { get; init; }

    public ulong Ones => ulong.MaxValue >> (64 - (8 * Bytes));

    public bool CanRead => Inverts || Array.Exists(Access, a => (a & Registers.Access.R) != 0);

    public bool CanWrite => Adds || (!Constant && Array.Exists(Access, a => (a & WriteModes) != 0));

    public const Access WriteModes = Registers.Access.W | Registers.Access.W1C | Registers.Access.W1S | Registers.Access.W1T
        | Registers.Access.W0C | Registers.Access.W0S | Registers.Access.W0T | Registers.Access.WC | Registers.Access.WS;

    public bool IsReserved(int bit) => Array.Exists(Runs, run => bit >= run.Low && bit <= run.High);

    /// <summary>A reset value, with reserved bits as they must be.</summary>
    public ulong Forced(ulong reset)
    {
        foreach ((int high, int low, ulong? must) in Runs)
        {
            for (int bit = low; bit <= high && must is not null; bit++)
                reset = ((must >> (bit - low)) & 1) != 0 ? reset | (1UL << bit) : reset & ~(1UL << bit);
        }

        return reset;
    }
}
