namespace Mdev.Sdk.Registers;

/// <summary>What bytes of a block read as that no register claims; writes to them are dropped.</summary>
public enum Unmapped
{
    /// <summary>Zeros.</summary>
    ReadZero,

    /// <summary>Ones, as on a bus where nobody answers.</summary>
    ReadOnes,

    /// <summary>
    /// Ones, and each offset is logged as an error: the device's driver is known to be wrong if it comes here. The client gets
    /// no error reply, because there is one that stops for good on those (Cloud Hypervisor).
    /// </summary>
    Fault,
}
