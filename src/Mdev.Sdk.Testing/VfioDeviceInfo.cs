namespace Mdev.Sdk.Testing;

/// <summary>A server's answer to DEVICE_GET_INFO.</summary>
/// <param name="Flags">1 RESET, 2 PCI.</param>
/// <param name="Regions">Number of region indices.</param>
/// <param name="Irqs">Number of interrupt indices.</param>
public readonly record struct VfioDeviceInfo(uint Flags, uint Regions, uint Irqs);
