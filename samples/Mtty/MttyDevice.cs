using Mdev.Sdk.Terminals;

namespace Mtty;

/// <summary>A PCI serial card: a 16550A behind each I/O BAR, one interrupt pin for both.</summary>
[PciDevice(0x4348, 0x3253, Class = 0x07_00_02, Revision = 0x10, SubsystemVendor = 0x4348, Subsystem = 0x3253,
    Command = 0x0001, Status = 0x0200)]
[ConfigData(0x40, 0x23, 0x00, 0x00, 0x80, 0x23, 0x00, 0x00, 0x00, 0x23, 0x00, 0x00, 0x00, 0x23, 0x00, 0x00, 0x00)]
[ConfigData(0x60, "PCI Serial/UART")]
public sealed partial class MttyDevice : PciDevice
{
    [Bar(0, BarKind.Io)] public Uart16550 Port0 { get; }
    [Bar(1, BarKind.Io)] public Uart16550? Port1 { get; }

    // mtty.c serves the MSI index, though its config space has no MSI capability.
    [IntX, Msi(Capability = false)] public InterruptLine Irq0 { get; } = new();
    [IntX, Msi(Capability = false)] public InterruptLine Irq1 { get; } = new();
    [MdevAttribute("vendor/sample_mdev_dev")] private string SampleMdevDev => $"This is MDEV {Uuid}";

    public MttyDevice(int ports, MttyParent parent)
    {
        Port0 = Wire(Irq0, parent.OpenFarEnd(0));
        Port1 = ports == 2 ? Wire(Irq1, parent.OpenFarEnd(1)) : null;
    }

    private Uart16550 Wire(InterruptLine irq, Terminal? farEnd)
    {
        var port = new Uart16550(irq, farEnd);
        farEnd?.Connect(this, port.TryDeliver);
        return port;
    }
}
