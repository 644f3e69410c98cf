using System.Numerics;
using System.Runtime.CompilerServices;
using Mdev.Sdk.Device;
using Mdev.Sdk.Interrupts;
using Mdev.Sdk.Pci.Capabilities;
using Mdev.Sdk.Registers;

namespace Mdev.Sdk.Pci;

/// <summary>
/// What the attributes of a PCI device say, told to the SDK by generated code: one call an attribute, in
/// <see cref="PciDevice.Declare(PciDeclaration)"/>.
/// </summary>
public sealed partial class PciDeclaration
{
    internal PciDeclaration() { }

    internal PciDeviceAttribute? IdentityAttribute { get; private set; }
    internal List<(int Offset, byte[] Bytes)> Data { get; } = [];
    internal List<(int Index, BarKind Kind, RegionPlan Plan)> Bars { get; } = [];
    internal RegionPlans Regions { get; } = new();
    internal List<InterruptLine> IntxLines { get; } = [];
    internal byte InterruptPin { get; private set; }
    internal List<(InterruptLine Line, int Vector, bool Capability)> MsiVectors { get; } = [];

    /// <summary>A power of two, as the MSI capability can express no other; 0 without MSI.</summary>
    internal uint MsiVectorCount =>
        MsiVectors.Count == 0 ? 0 : Math.Max(_leastMsiVectors, BitOperations.RoundUpToPowerOf2((uint)MsiVectors.Max(v => v.Vector) + 1));

    /// <summary>The identity of <see cref="PciDeviceAttribute"/>.</summary>
    public PciDeclaration Identity(PciDeviceAttribute identity)
    {
        IdentityAttribute = identity;
        return this;
    }

    /// <summary>A <see cref="ConfigDataAttribute"/>.</summary>
    public PciDeclaration ConfigData(int offset, params byte[] bytes)
    {
        Data.Add((offset, bytes));
        return this;
    }

    /// <summary>A <see cref="BarAttribute"/>; a null block is a BAR that this device does not have.</summary>
    public PciDeclaration Bar(int index, BarKind kind, IRegisterBlock? block) => Bar(block, new BarAttribute(index, kind));

    /// <summary>Memory as all of a BAR; null is a BAR that this device does not have.</summary>
    public PciDeclaration Bar(int index, BarKind kind, DeviceMemory? memory, [CallerArgumentExpression(nameof(memory))] string name = "") =>
        Bar(memory, new BarAttribute(index, kind), name);

    /// <summary>A part of a BAR; a null block is a part that this device does not have.</summary>
    public PciDeclaration Bar(IRegisterBlock? block, BarAttribute bar)
    {
        ArgumentNullException.ThrowIfNull(bar);
        if (block is not null)
            PlanOf(bar).Add(bar.Offset, block);
        return this;
    }

    /// <summary>Memory as a part of a BAR; null is a part that this device does not have.</summary>
    public PciDeclaration Bar(DeviceMemory? memory, BarAttribute bar, [CallerArgumentExpression(nameof(memory))] string name = "")
    {
        ArgumentNullException.ThrowIfNull(bar);

        // No client maps I/O ports.
        bool mapped = bar.Mapped && bar.Kind != BarKind.Io;
        memory?.Declare(name, mapped);
        if (memory is not null)
            PlanOf(bar).Add(bar.Offset, memory, mapped);
        return this;
    }

    /// <summary>A <see cref="RegionAttribute"/>; a null block is a region that this device does not have.</summary>
    public PciDeclaration Region(IRegisterBlock? block, RegionAttribute region)
    {
        Regions.Add(block, region);
        return this;
    }

    /// <summary>A <see cref="RegionAttribute"/>; null is a region that this device does not have.</summary>
    public PciDeclaration Region(DeviceMemory? memory, RegionAttribute region, [CallerArgumentExpression(nameof(memory))] string name = "")
    {
        ArgumentNullException.ThrowIfNull(region);
        memory?.Declare(name, region.Mapped);
        Regions.Add(memory, region);
        return this;
    }

    // The one region behind a BAR, whichever property comes first.
    internal RegionPlan PlanOf(BarAttribute bar)
    {
        (_, BarKind kind, RegionPlan? plan) = Bars.Find(b => b.Index == bar.Index);
        if (plan is null)
        {
            (kind, plan) = (bar.Kind, new RegionPlan());
            Bars.Add((bar.Index, kind, plan));
        }

        if (kind != bar.Kind)
            throw new InvalidOperationException($"BAR {bar.Index} is declared as {kind} and as {bar.Kind}.");
        plan.Size = Math.Max(plan.Size, bar.Size);
        return plan;
    }

    /// <summary>An <see cref="IntXAttribute"/>.</summary>
    public PciDeclaration IntX(InterruptLine line, byte pin)
    {
        IntxLines.Add(line);
        InterruptPin = pin;
        return this;
    }

    /// <summary>An <see cref="MsiAttribute"/>.</summary>
    public PciDeclaration Msi(InterruptLine line, int vector, bool capability)
    {
        MsiVectors.Add((line, vector, capability));
        if (capability && !Capabilities.Exists(c => c is MsiCapability))
            MsiCapability(new MsiCapabilityAttribute());
        return this;
    }
}
