using Mdev.Sdk.Device;

namespace Mdev.Sdk.Generators.Tests.Export;

/// <summary>A device that is not PCI, and has no register.</summary>
[VfioDevice(DeviceApi.Platform)]
public sealed partial class SoundPlatform : VfioDevice
{
    [Region(0)] public MemoryRegion Letters { get; } = new(0x1000);
}
