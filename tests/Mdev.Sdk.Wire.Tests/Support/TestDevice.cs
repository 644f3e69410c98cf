using Mdev.Sdk.Interrupts;
using Mdev.Sdk.Pci;

namespace Mdev.Sdk.Wire.Tests.Support;

/// <summary>A device with a bit of everything: <see cref="TestBlock"/> at BAR0, memory at BAR2, INTx, four MSI vectors.</summary>
internal sealed class TestDevice : PciDevice
{
    public const uint MsiVectors = 4;

    private readonly InterruptLine[] _lines = [new(), new(), new(), new()];

    protected override void Declare(PciDeclaration pci)
    {
        pci.Identity(new PciDeviceAttribute(0x1234, 0x5678) { Class = 0xff_00_00 })
            .Bar(0, BarKind.Memory32, new TestBlock(_lines, Memory))
            .Bar(2, BarKind.Memory32, new LargeBlock())
            .IntX(_lines[0], pin: 1);
        for (int vector = 0; vector < MsiVectors; vector++)
            pci.Msi(_lines[vector], vector, capability: true);
    }
}
