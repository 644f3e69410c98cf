using Mdev.Sdk;
using Mdev.Sdk.Interrupts;
using Mdev.Sdk.Pci;
using Microsoft.Extensions.Logging.Abstractions;

namespace Mdev.Bridge.Tests.Protocol;

/// <summary>A device of memory, two MSI vectors and a character device.</summary>
[PciDevice(0x1234, 0x0007, Class = 0xff_00_00)]
public sealed partial class PlainDevice : PciDevice
{
    public PlainDevice() => Add(CharDevice);

    [Bar(0, BarKind.Memory32)] public MemoryRegion Bytes { get; } = new(1 << 17);

    [Msi(0)] public InterruptLine First { get; } = new();

    [Msi(1)] public InterruptLine Second { get; } = new();

    public CountingCharDevice CharDevice { get; } = new();

    public static PlainDevice Make()
    {
        var device = new PlainDevice();
        device.Realize(Guid.NewGuid(), NullLogger.Instance);
        return device;
    }
}
