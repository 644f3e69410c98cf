using System.Runtime.InteropServices;

namespace Mdev.Sdk.VfioUser.Messages;

/// <summary>What follows a DMA_UNMAP that asks for a bitmap; in the reply, the bitmap follows. Source: linux/vfio.h, struct vfio_bitmap.</summary>
/// <param name="PageSize">Bytes that a bit stands for.</param>
/// <param name="Size">Bytes of the bitmap.</param>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
internal readonly record struct DirtyBitmapHead(ulong PageSize, ulong Size)
{
    public const int Length = 16;
}
