using Mdev.Sdk;
using Mdev.Sdk.Pci;

namespace Mdev.Bench.Blocks;

/// <summary>A device with something to manage.</summary>
[PciDevice(0x1234, 0x0002, Class = 0xff_00_00)]
public sealed partial class ManagedDevice : PciDevice
{
    [MdevAttribute] private int Speed { get; set; } = 9600;

    [MdevAttribute] private string Label { get; set; } = "bench";
}
