namespace Mdev.Sdk.Registers;

/// <summary>What an access does that is wider than a block's bus.</summary>
public enum WideAccess
{
    /// <summary>It becomes one access a lane, lowest offset first, as on a real bus.</summary>
    EveryLane,

    /// <summary>
    /// It is cut into naturally aligned pieces of at most four bytes; of each only the first lane counts, the others
    /// read as zero and are not written. So do the kernel's sample drivers (samples/vfio-mdev/mtty.c, mdev_access).
    /// </summary>
    FirstLane,
}
