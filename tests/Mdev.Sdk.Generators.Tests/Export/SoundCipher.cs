using Mdev.Sdk.Device;

namespace Mdev.Sdk.Generators.Tests.Export;

/// <summary>A device without a region.</summary>
[VfioDevice(DeviceApi.Ap)]
public sealed partial class SoundCipher : VfioDevice;
