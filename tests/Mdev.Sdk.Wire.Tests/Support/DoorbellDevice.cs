using Mdev.Sdk.Device;
using Mdev.Sdk.Pci;
using Mdev.Sdk.Registers;

namespace Mdev.Sdk.Wire.Tests.Support;

/// <summary>Doorbells that ring by eventfds: six of 32 bits at 0x100 of BAR2, forty of 16 bits in BAR4, two behind the ports of BAR5.</summary>
internal sealed class DoorbellDevice : PciDevice
{
    private readonly List<(int Area, int Index, ulong Value)> _rings = [];

    public DoorbellDevice()
    {
        Few = new(6, 8, AccessWidth.Dword, (index, value) => Note(2, index, value)) { EventFds = true };
        Many = new(40, 4, AccessWidth.Word, (index, value) => Note(4, index, value)) { EventFds = true };
        Ports = new(2, 4, AccessWidth.Dword, (_, _) => throw new InvalidOperationException("A handler of a vendor's fails.")) { EventFds = true };
    }

    public DoorbellArea Few { get; }
    public DoorbellArea Many { get; }
    public DoorbellArea Ports { get; }

    public IReadOnlyList<(int Area, int Index, ulong Value)> Rings
    {
        get
        {
            lock (Gate)
                return [.. _rings];
        }
    }

    protected override void Declare(PciDeclaration pci) => pci
        .Identity(new PciDeviceAttribute(0x1234, 0x567a))
        .Bar(new LargeBlock(), new BarAttribute(0, BarKind.Memory32))
        .Bar(Few, new BarAttribute(2, BarKind.Memory32) { Offset = 0x100, Mapped = false })
        .Bar(Many, new BarAttribute(4, BarKind.Memory32) { Mapped = false })
        .Bar(Ports, new BarAttribute(5, BarKind.Io) { Mapped = false });

    private void Note(int area, int index, ulong value) => _rings.Add((area, index, value));
}
