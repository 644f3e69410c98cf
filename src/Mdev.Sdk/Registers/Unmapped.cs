namespace Mdev.Sdk.Registers;

/// <summary>What bytes of a block read as that no register claims; writes to them are dropped.</summary>
public enum Unmapped
{
    /// <summary>Zeros.</summary>
    ReadZero,

    /// <summary>Ones, as on a bus where nobody answers.</summary>
    ReadOnes,
}
