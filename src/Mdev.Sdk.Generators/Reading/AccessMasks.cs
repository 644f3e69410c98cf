namespace Mdev.Sdk.Generators.Reading;

/// <summary>
/// What a guest's access does to each bit of a register, merged from the register's own access and its fields': a mask for each
/// behaviour. Every bit is in at most one of the writing masks and in at most one of <see cref="RC"/> and <see cref="RS"/>.
/// </summary>
/// <param name="R">Readable.</param>
/// <param name="W">Takes the value written.</param>
/// <param name="W1C">Writing 1 clears.</param>
/// <param name="W1S">Writing 1 sets.</param>
/// <param name="W1T">Writing 1 toggles.</param>
/// <param name="W0C">Writing 0 clears.</param>
/// <param name="W0S">Writing 0 sets.</param>
/// <param name="W0T">Writing 0 toggles.</param>
/// <param name="WC">Any write clears.</param>
/// <param name="WS">Any write sets.</param>
/// <param name="RC">Reading clears.</param>
/// <param name="RS">Reading sets.</param>
/// <param name="Once">Only the first write after a reset counts.</param>
/// <param name="SelfClearing">Zero again after the write handler.</param>
internal sealed record AccessMasks(
    ulong R = 0,
    ulong W = 0,
    ulong W1C = 0,
    ulong W1S = 0,
    ulong W1T = 0,
    ulong W0C = 0,
    ulong W0S = 0,
    ulong W0T = 0,
    ulong WC = 0,
    ulong WS = 0,
    ulong RC = 0,
    ulong RS = 0,
    ulong Once = 0,
    ulong SelfClearing = 0)
{
    /// <summary>Bits that a write can change.</summary>
    public ulong Written => W | W1C | W1S | W1T | W0C | W0S | W0T | WC | WS;

    /// <summary>Whether writing does no more than to take the value.</summary>
    public bool IsPlain => (Written & ~W) == 0 && Once == 0 && SelfClearing == 0;

    /// <summary>The masks of <paramref name="bits"/> that all have one access.</summary>
    /// <param name="access">Value of Mdev.Sdk.Registers.Access, not its default.</param>
    /// <param name="bits">The bits.</param>
    public static AccessMasks Of(int access, ulong bits) => new(
        In(access, 0x1, bits),
        In(access, 0x2, bits),
        In(access, 0x4, bits),
        In(access, 0x8, bits),
        In(access, 0x10, bits),
        In(access, 0x20, bits),
        In(access, 0x40, bits),
        In(access, 0x80, bits),
        In(access, 0x100, bits),
        In(access, 0x200, bits),
        In(access, 0x400, bits),
        In(access, 0x800, bits),
        In(access, 0x1000, bits),
        In(access, 0x2000, bits));

    /// <summary>Both: of registers' parts that share no bit.</summary>
    public AccessMasks With(AccessMasks other) => new(
        R | other.R,
        W | other.W,
        W1C | other.W1C,
        W1S | other.W1S,
        W1T | other.W1T,
        W0C | other.W0C,
        W0S | other.W0S,
        W0T | other.W0T,
        WC | other.WC,
        WS | other.WS,
        RC | other.RC,
        RS | other.RS,
        Once | other.Once,
        SelfClearing | other.SelfClearing);

    /// <summary>The same, with writes reaching only <paramref name="mask"/>.</summary>
    public AccessMasks WritableIn(ulong mask) => this with
    {
        W = W & mask,
        W1C = W1C & mask,
        W1S = W1S & mask,
        W1T = W1T & mask,
        W0C = W0C & mask,
        W0S = W0S & mask,
        W0T = W0T & mask,
        WC = WC & mask,
        WS = WS & mask,
        Once = Once & mask,
        SelfClearing = SelfClearing & mask,
    };

    /// <summary>The same, with <paramref name="mask"/> changed by no access.</summary>
    public AccessMasks Fixed(ulong mask) => WritableIn(~mask) with { RC = RC & ~mask, RS = RS & ~mask };

    private static ulong In(int access, int flag, ulong bits) => (access & flag) != 0 ? bits : 0;
}
