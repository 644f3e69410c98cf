using System.Numerics;
using System.Runtime.InteropServices;

namespace Mdev.Sdk.VfioUser.Messages;

/// <summary>
/// Data of the feature DMA_LOGGING_REPORT; in the reply, a bitmap follows. Source: linux/vfio.h, struct
/// vfio_device_feature_dma_logging_report.
/// </summary>
/// <param name="Address">Guest DMA address of a mapping's first byte.</param>
/// <param name="Size">Bytes of it.</param>
/// <param name="PageSize">Bytes that a bit stands for.</param>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
internal readonly record struct DirtyReport(ulong Address, ulong Size, ulong PageSize)
{
    public const int Length = 24;

    /// <summary>Bytes of the largest bitmap: of 2 TiB in pages of 4096 bytes. What a client asks for is kept until it is sent.</summary>
    public const ulong MaxBitmap = 64 << 20;

    /// <summary>Bytes of the bitmap, whole words of 64 bits; 0 for a question that has no answer.</summary>
    public ulong BitmapLength =>
        Size == 0 || !BitOperations.IsPow2(PageSize) ? 0 : ((((Size - 1) >> BitOperations.Log2(PageSize)) / 64) + 1) * sizeof(ulong);
}
