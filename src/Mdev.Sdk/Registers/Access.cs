namespace Mdev.Sdk.Registers;

/// <summary>
/// What a guest's access does to the bits of a register or field: one way of reading, one way of writing. Every bit has
/// exactly one of each. Device code's own access to the property is raw and knows none of this.
/// </summary>
/// <remarks>
/// Only bits of enabled bytes take part: a byte write to a 32-bit register leaves the bits of the other three bytes alone,
/// also where writing zeros would do something. Names as in data sheets; in brackets SystemRDL's.
/// </remarks>
[Flags]
public enum Access
{
    /// <summary>The default of where it stands: <see cref="RW"/> for a register, the register's for a field.</summary>
    Default = 0,

    /// <summary>Readable; without it the bits read as zero.</summary>
    R = 0x1,

    /// <summary>Writable: takes the value written.</summary>
    W = 0x2,

    /// <summary>Read-only (sw = r). A write to a register of nothing else is claimed by no register.</summary>
    RO = R,

    /// <summary>Write-only (sw = w). A read of a register of nothing else is claimed by no register.</summary>
    WO = W,

    /// <summary>Readable and writable (sw = rw).</summary>
    RW = R | W,

    /// <summary>Writing 1 clears (onwrite = woclr).</summary>
    W1C = 0x4,

    /// <summary>Writing 1 sets (onwrite = woset).</summary>
    W1S = 0x8,

    /// <summary>Writing 1 toggles (onwrite = wot).</summary>
    W1T = 0x10,

    /// <summary>Writing 0 clears (onwrite = wzc).</summary>
    W0C = 0x20,

    /// <summary>Writing 0 sets (onwrite = wzs).</summary>
    W0S = 0x40,

    /// <summary>Writing 0 toggles (onwrite = wzt).</summary>
    W0T = 0x80,

    /// <summary>Any write clears (onwrite = wclr).</summary>
    WC = 0x100,

    /// <summary>Any write sets (onwrite = wset).</summary>
    WS = 0x200,

    /// <summary>Reading clears, after the value has been taken (onread = rclr).</summary>
    RC = 0x400,

    /// <summary>Reading sets, after the value has been taken (onread = rset).</summary>
    RS = 0x800,

    /// <summary>
    /// With <see cref="W"/>: only the first write after a reset that touches the bit's byte counts (sw = rw1, w1).
    /// </summary>
    Once = 0x1000,

    /// <summary>
    /// With <see cref="W"/> or <see cref="W1S"/>: a write handler sees the bit, after it the bit is zero again (singlepulse).
    /// </summary>
    SelfClearing = 0x2000,

    /// <summary>Readable, writing 1 clears: a status bit.</summary>
    RW1C = R | W1C,

    /// <summary>Readable, writing 1 sets.</summary>
    RW1S = R | W1S,
}
