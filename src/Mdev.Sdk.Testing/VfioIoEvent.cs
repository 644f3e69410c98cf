namespace Mdev.Sdk.Testing;

/// <summary>An eventfd that stands for writes to a part of a region. Source: vfio-user, "VFIO_USER_DEVICE_GET_REGION_IO_FDS".</summary>
/// <param name="Offset">Bytes from the start of the region.</param>
/// <param name="Size">Bytes that a write must have.</param>
/// <param name="Flags">KVM's: 1 only for <paramref name="DataMatch"/>, 2 for I/O ports.</param>
/// <param name="DataMatch">The value that counts, with the flag for it.</param>
/// <param name="Event">Rings it; the caller's. Several may share one; <see langword="null"/> if the server has given none.</param>
public readonly record struct VfioIoEvent(ulong Offset, ulong Size, uint Flags, ulong DataMatch, EventFd? Event);
