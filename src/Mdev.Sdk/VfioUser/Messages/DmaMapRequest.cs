using System.Runtime.InteropServices;

namespace Mdev.Sdk.VfioUser.Messages;

/// <summary>DMA_MAP. Source: vfio-user, "VFIO_USER_DMA_MAP".</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
internal readonly record struct DmaMapRequest(uint ArgumentSize, uint Flags, ulong Offset, ulong Address, ulong Size)
{
    public const int Length = 32;
}
