using System.Runtime.CompilerServices;
using Mdev.Sdk.Interrupts;
using Mdev.Sdk.Registers;

namespace Mdev.Sdk.Device;

/// <summary>
/// What the attributes of a device that is not PCI say, told to the SDK by generated code: one call an attribute, in
/// <see cref="VfioDevice.Declare(VfioDeclaration)"/>.
/// </summary>
public sealed class VfioDeclaration
{
    internal VfioDeclaration() { }

    internal DeviceFlags Flags { get; private set; }
    internal RegionPlans Regions { get; } = new();
    internal SortedDictionary<int, (IrqKind Kind, List<InterruptLine> Lines)> Irqs { get; } = [];

    /// <summary>The <see cref="VfioDeviceAttribute"/>.</summary>
    public VfioDeclaration Api(DeviceApi api)
    {
        Flags = api switch
        {
            DeviceApi.Platform => DeviceFlags.Platform,
            DeviceApi.Amba => DeviceFlags.Amba,
            DeviceApi.Ccw => DeviceFlags.Ccw,
            DeviceApi.Ap => DeviceFlags.Ap,
            _ => throw new ArgumentOutOfRangeException(nameof(api), api, "There is no such device API."),
        };
        return this;
    }

    /// <summary>A <see cref="RegionAttribute"/>; a null block is a region that this device does not have.</summary>
    public VfioDeclaration Region(IRegisterBlock? block, RegionAttribute region)
    {
        Regions.Add(block, region);
        return this;
    }

    /// <summary>A <see cref="RegionAttribute"/>; null is a region that this device does not have.</summary>
    public VfioDeclaration Region(DeviceMemory? memory, RegionAttribute region, [CallerArgumentExpression(nameof(memory))] string name = "")
    {
        ArgumentNullException.ThrowIfNull(region);
        memory?.Declare(name, region.Mapped);
        Regions.Add(memory, region);
        return this;
    }

    /// <summary>An <see cref="IrqAttribute"/>.</summary>
    public VfioDeclaration Irq(InterruptLine line, IrqAttribute irq)
    {
        ArgumentNullException.ThrowIfNull(irq);
        ArgumentOutOfRangeException.ThrowIfNegative(irq.Index, nameof(irq));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(irq.Index, IrqAttribute.MaxIndex, nameof(irq));
        if (!Irqs.TryGetValue(irq.Index, out (IrqKind Kind, List<InterruptLine> Lines) shared))
            Irqs.Add(irq.Index, shared = (irq.Kind, []));
        if (shared.Kind != irq.Kind)
            throw new InvalidOperationException($"Interrupt {irq.Index} is declared as {shared.Kind} and as {irq.Kind}.");
        shared.Lines.Add(line);
        return this;
    }
}
