using Mdev.Sdk.Device;

namespace Mdev.Sdk;

/// <summary>
/// Declares a device that is not PCI: no config space, no BARs, but the regions and interrupts of <see cref="RegionAttribute"/> and
/// <see cref="IrqAttribute"/>, or none. Put it on a <c>partial</c> class derived from <see cref="VfioDevice"/>.
/// </summary>
/// <example>
/// <code>
/// [VfioDevice(DeviceApi.Platform)]
/// public sealed partial class Timer : VfioDevice
/// {
///     public Timer() => Registers = new TimerRegisters(Irq);
///
///     [Region(0)] public TimerRegisters Registers { get; }
///     [Irq(0, IrqKind.Level)] public InterruptLine Irq { get; } = new();
/// }
/// </code>
/// </example>
/// <param name="api">What a client takes it for.</param>
[AttributeUsage(AttributeTargets.Class)]
public sealed class VfioDeviceAttribute(DeviceApi api) : Attribute
{
    /// <summary>What a client takes it for.</summary>
    public DeviceApi Api { get; } = api;
}
