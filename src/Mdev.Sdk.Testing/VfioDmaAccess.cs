namespace Mdev.Sdk.Testing;

/// <summary>What a device may do with guest memory. Source: vfio-user, "VFIO_USER_DMA_MAP", flags.</summary>
[Flags]
public enum VfioDmaAccess
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Read it.</summary>
    Read = 1,

    /// <summary>Write it.</summary>
    Write = 2,

    /// <summary>Both.</summary>
    ReadWrite = Read | Write,
}
