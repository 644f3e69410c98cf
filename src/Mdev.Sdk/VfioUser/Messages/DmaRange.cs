using System.Runtime.InteropServices;

namespace Mdev.Sdk.VfioUser.Messages;

/// <summary>A range of guest memory. Source: linux/vfio.h, struct vfio_device_feature_dma_logging_range.</summary>
/// <param name="Address">Guest DMA address of the first byte.</param>
/// <param name="Size">Bytes.</param>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
internal readonly record struct DmaRange(ulong Address, ulong Size)
{
    public bool IsValid => Size != 0 && Address + (Size - 1) >= Address;
}
