namespace Mdev.Sdk.Dma;

/// <summary>What a device may do with a mapping. Source: vfio-user, "VFIO_USER_DMA_MAP", flags.</summary>
[Flags]
internal enum DmaProtection : uint
{
    None = 0,
    Read = 1,
    Write = 2,
}
