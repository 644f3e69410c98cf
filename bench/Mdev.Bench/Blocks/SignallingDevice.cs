using Mdev.Sdk;
using Mdev.Sdk.Interrupts;
using Mdev.Sdk.Pci;

namespace Mdev.Bench.Blocks;

/// <summary>A device that does nothing but interrupt.</summary>
[PciDevice(0x1234, 0x0002, Class = 0xff_00_00)]
public sealed partial class SignallingDevice : PciDevice
{
    [IntX, Msi] public InterruptLine Line { get; } = new();
}
