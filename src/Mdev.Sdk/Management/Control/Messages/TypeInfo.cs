namespace Mdev.Sdk.Management.Control.Messages;

/// <summary>A type; what the files of the kernel's <c>mdev_supported_types/ID</c> say.</summary>
/// <param name="Parent">The parent that offers it.</param>
/// <param name="Id">Driver-type: <c>mtty-1</c>.</param>
/// <param name="AvailableInstances">How many more can be made now.</param>
/// <param name="DeviceApi"><c>vfio-pci</c>, <c>vfio-ap</c>, …</param>
/// <param name="Name">What people read.</param>
/// <param name="Description">The vendor's text; <see langword="null"/> for none.</param>
internal sealed record TypeInfo(
    string Parent, string Id, long AvailableInstances, string DeviceApi, string Name, string? Description = null);
