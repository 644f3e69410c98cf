using System.Runtime.InteropServices;

namespace Mdev.Sdk.VfioUser.Messages;

/// <summary>DMA_UNMAP, which is also its reply. Source: vfio-user, "VFIO_USER_DMA_UNMAP".</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
internal readonly record struct DmaUnmapRequest(uint ArgumentSize, uint Flags, ulong Address, ulong Size)
{
    public const int Length = 24;

    /// <summary>Tells what the device has written since it was told last. Alone: not with <see cref="All"/>.</summary>
    public const uint GetDirtyBitmap = 1;

    /// <summary>Unmaps everything; address and size are 0. QEMU sends it.</summary>
    public const uint All = 2;
}
