using Mdev.Sdk.Device;
using Mdev.Sdk.Interrupts;

namespace Mdev.Sdk.Pci;

/// <summary>MSI-X: its lines, and its table in a BAR of its own or beside registers.</summary>
public abstract partial class PciDevice
{
    private void ConnectMsix(PciDeclaration declaration, InterruptController interrupts)
    {
        if (declaration.MsixPlace is not { } layout)
        {
            if (declaration.MsixVectors.Count > 0)
                throw new InvalidOperationException("The device has MSI-X vectors and no place for their table; declare it by [MsiXTable].");
            return;
        }

        var msix = new MsixIndex((uint)layout.Vectors);
        interrupts.Add(MsixIrq, msix);
        foreach ((InterruptLine line, int vector) in declaration.MsixVectors)
        {
            line.Connect(Gate, Deferred, msix, vector);
            if (!_lines.Contains(line))
                _lines.Add(line);
        }
    }

    private void AddMsix(PciDeclaration declaration, ConfigSpace config, Region?[] regions)
    {
        if (declaration.MsixPlace is not { } layout || Interrupts[MsixIrq] is not MsixIndex msix)
            return;

        // A block alone is made anew: behind its end the BAR may be the table's.
        Region? registers = regions[layout.Bar];
        ulong size = Math.Max(layout.End, registers?.Size ?? 0);
        var parts = new List<RegionPart> { new(layout.Table, new MsixTableRegion(msix)), new(layout.Pba, new MsixPbaRegion(msix)) };
        if (registers is CompositeRegion shared)
            parts.AddRange(shared.Parts);
        else if (declaration.Bars.Find(b => b.Index == layout.Bar) is { Block: { } block })
            parts.Add(new(0, new RegisterRegion(this, layout.Bar, block, block.Info.Size)));

        regions[layout.Bar] = new CompositeRegion(config.DeclareBar(layout.Bar, layout.Kind, (uint)size), parts);
    }
}
