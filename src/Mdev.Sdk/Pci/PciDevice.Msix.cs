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

    // Its table and pending bits are parts of a BAR like any other.
    private void PlanMsix(PciDeclaration declaration)
    {
        if (declaration.MsixPlace is not { } layout || Interrupts[MsixIrq] is not MsixIndex msix)
            return;
        BarKind kind = declaration.Bars.Find(b => b.Index == layout.Bar) is { Plan: not null } shared ? shared.Kind : layout.Kind;
        RegionPlan plan = declaration.PlanOf(new BarAttribute(layout.Bar, kind));
        plan.Add(layout.Table, new MsixTableRegion(msix));
        plan.Add(layout.Pba, new MsixPbaRegion(msix));
    }
}
