using Mdev.Sdk.Device;
using Mdev.Sdk.Interrupts;

namespace Mdev.Sdk.Pci;

/// <summary>
/// Base of a vendor's PCI device. Regions and interrupts have the numbers that VFIO gives to all PCI devices. Source:
/// linux/vfio.h, VFIO_PCI_*_REGION_INDEX and VFIO_PCI_*_IRQ_INDEX.
/// </summary>
public abstract partial class PciDevice : VfioDevice
{
    internal const int RomRegionIndex = 6;
    internal const int ConfigRegion = 7;
    internal const int Regions = 9;

    internal const int IntxIrq = 0;
    internal const int MsiIrq = 1;
    internal const int MsixIrq = 2;
    internal const int ErrIrq = 3;
    internal const int ReqIrq = 4;
    internal const int Irqs = 5;

    private readonly List<InterruptLine> _lines = [];

    internal override DeviceFlags Flags => DeviceFlags.Reset | DeviceFlags.Pci;

    /// <summary>Tells the SDK what the attributes say; generated.</summary>
    protected abstract void Declare(PciDeclaration pci);

    /// <summary>Only for devices that are not PCI.</summary>
    protected sealed override void Declare(VfioDeclaration vfio) { }

    private protected sealed override Region?[] CreateRegions()
    {
        var declaration = new PciDeclaration();
        Declare(declaration);

        Interrupts = ConnectInterrupts(declaration);
        var config = new ConfigSpace(declaration, this);
        PlanMsix(declaration);
        Region?[] regions = declaration.Regions.Build(this, Regions);
        regions[ConfigRegion] = config;
        foreach ((int index, BarKind kind, RegionPlan plan) in declaration.Bars)
        {
            plan.IsPorts = kind == BarKind.Io;
            regions[index] = plan.Build(this, index, config.DeclareBar(index, kind, plan.Extent));
        }
        if (declaration.Rom is { } rom)
        {
            config.DeclareRom((uint)rom.Size);
            regions[RomRegionIndex] = new RomRegion(rom);
        }
        return regions;
    }

    private protected sealed override bool IsConfigRegion(uint region) => region == ConfigRegion;

    private protected sealed override void LowerInterrupts()
    {
        foreach (InterruptLine line in _lines)
            line.Deassert();
    }

    private protected sealed override IReadOnlyList<InterruptLine> Lines => _lines;

    private InterruptController ConnectInterrupts(PciDeclaration declaration)
    {
        var interrupts = new InterruptController(Irqs);
        if (declaration.IntxLines.Count > 0)
        {
            var intx = new IntxIndex();
            interrupts.Add(IntxIrq, intx);
            foreach (InterruptLine line in declaration.IntxLines)
            {
                line.Connect(Gate, Deferred, intx);
                _lines.Add(line);
            }
        }

        if (declaration.MsiVectorCount is > 0 and uint vectors)
        {
            var msi = new MessageIndex(vectors);
            interrupts.Add(MsiIrq, msi);
            foreach ((InterruptLine line, int vector, _) in declaration.MsiVectors)
            {
                line.Connect(Gate, Deferred, msi, vector);
                _lines.Add(line);
            }
        }

        ConnectMsix(declaration, interrupts);

        // QEMU asks for both and complains of a device without ERR.
        interrupts.Add(ErrIrq, _error);
        interrupts.Add(ReqIrq, _request);
        return interrupts;
    }
}
