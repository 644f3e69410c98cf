using System.Runtime.InteropServices;

namespace Mdev.Sdk.VfioUser.Messages;

/// <summary>Data of the feature DMA_LOGGING_START; ranges may follow. Source: linux/vfio.h, struct vfio_device_feature_dma_logging_control.</summary>
/// <param name="PageSize">Bytes that a bit is to stand for.</param>
/// <param name="Ranges">How many follow; none for all memory.</param>
/// <param name="Reserved">Not looked at.</param>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
internal readonly record struct DmaLoggingStart(ulong PageSize, uint Ranges, uint Reserved)
{
    public const int Length = 16;

    /// <summary>Bytes of a range.</summary>
    public const int RangeLength = 16;
}
