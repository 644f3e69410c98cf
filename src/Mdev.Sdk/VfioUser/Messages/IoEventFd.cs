using System.Runtime.InteropServices;

namespace Mdev.Sdk.VfioUser.Messages;

/// <summary>
/// An eventfd that stands for writes to a part of a region, in the specification's layout of 40 bytes. Source: vfio-user,
/// "VFIO_USER_DEVICE_GET_REGION_IO_FDS".
/// </summary>
/// <param name="Offset">Bytes from the start of the region.</param>
/// <param name="Size">Bytes that a write must have.</param>
/// <param name="DescriptorIndex">Which of the reply's descriptors it is.</param>
/// <param name="Type">0, an eventfd.</param>
/// <param name="Flags">KVM's.</param>
/// <param name="Padding">0.</param>
/// <param name="DataMatch">The value that counts, with the flag for it.</param>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
internal readonly record struct IoEventFd(
    ulong Offset, ulong Size, uint DescriptorIndex, uint Type, uint Flags, uint Padding, ulong DataMatch)
{
    public const int Length = 40;

    /// <summary>KVM_IOEVENTFD_FLAG_PIO: the region is I/O ports.</summary>
    public const uint Ports = 2;
}
