using Mdev.Sdk.Interrupts;
using Mdev.Sdk.Pci;

namespace Mdev.Sdk.Wire.Tests.Support;

/// <summary>
/// A device with INTx, MSI and MSI-X of 8 vectors on the same lines: <see cref="TestBlock"/> at the start of BAR0, the MSI-X table
/// there at 0x800, the Pending Bit Array at 0xc00; a ROM of 2 KiB, and 4096 bytes of config space.
/// </summary>
internal sealed class MsixDevice : PciDevice
{
    public const uint Vectors = 8;

    private readonly InterruptLine[] _lines = [new(), new(), new(), new()];

    protected override void Declare(PciDeclaration pci)
    {
        pci.Identity(new PciDeviceAttribute(0x1234, 0x5679) { Class = 0xff_00_00 })
            .Bar(0, BarKind.Memory32, new TestBlock(_lines, Memory))
            .PciExpress(new PciExpressAttribute())
            .MsiXTable(0, BarKind.Memory32, 0x800, 0xc00, (int)Vectors)
            .IntX(_lines[0], pin: 1)
            .ExpansionRom(RomImage.FromBytes("ROM"u8));
        for (int vector = 0; vector < _lines.Length; vector++)
            pci.Msi(_lines[vector], vector, capability: true).MsiX(_lines[vector], vector);
    }
}
