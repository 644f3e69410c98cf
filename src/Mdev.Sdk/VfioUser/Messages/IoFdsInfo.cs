using System.Runtime.InteropServices;

namespace Mdev.Sdk.VfioUser.Messages;

/// <summary>DEVICE_GET_REGION_IO_FDS and the head of its reply. Source: vfio-user, "VFIO_USER_DEVICE_GET_REGION_IO_FDS".</summary>
/// <param name="ArgumentSize">Bytes of the largest reply that the client takes; in a reply, of the complete one.</param>
/// <param name="Flags">0.</param>
/// <param name="Index">Region index.</param>
/// <param name="Count">0; in a reply, how many there are.</param>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
internal readonly record struct IoFdsInfo(uint ArgumentSize, uint Flags, uint Index, uint Count)
{
    public const int Length = 16;

    /// <summary>The largest argsz that means something, as libvfio-user has it.</summary>
    public const uint MaxArgumentSize = 1 << 20;
}
