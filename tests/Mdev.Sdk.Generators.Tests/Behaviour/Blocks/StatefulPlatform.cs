using Mdev.Sdk.Device;
using Mdev.Sdk.Interrupts;
using Microsoft.Extensions.Logging.Abstractions;

namespace Mdev.Sdk.Generators.Tests.Behaviour.Blocks;

/// <summary>A device that is not PCI, with members of its own.</summary>
[VfioDevice(DeviceApi.Platform)]
internal sealed partial class StatefulPlatform : VfioDevice
{
    public StatefulPlatform() => Realize(Guid.NewGuid(), NullLogger.Instance);

    [Region(0)] public StatefulBlock Registers { get; } = new();
    [Irq(0, IrqKind.Level)] public InterruptLine Level { get; } = new();
    [Irq(1)] public InterruptLine Edge { get; } = new();

    [Saved] public long Count { get; set; }
    [Saved] public readonly byte[] Buffer = new byte[4];
    [NotSaved] public int Loaded { get; private set; }

    protected override void StateLoaded() => Loaded++;
}
