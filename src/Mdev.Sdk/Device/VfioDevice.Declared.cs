using Mdev.Sdk.Interrupts;

namespace Mdev.Sdk.Device;

/// <summary>A device of attributes that is not PCI; PCI makes its regions and interrupts by rules of its own.</summary>
public abstract partial class VfioDevice
{
    private readonly List<InterruptLine> _lines = [];
    private DeviceFlags _flags;

    /// <summary>Tells the SDK what the attributes say; generated for a class with <see cref="VfioDeviceAttribute"/>.</summary>
    protected virtual void Declare(VfioDeclaration vfio) =>
        throw new InvalidOperationException($"{GetType().Name} says nothing of itself; it needs [VfioDevice].");

    private protected virtual Region?[] CreateRegions()
    {
        var declaration = new VfioDeclaration();
        Declare(declaration);
        _flags = DeviceFlags.Reset | declaration.Flags;
        Interrupts = ConnectInterrupts(declaration);
        return declaration.Regions.Build(this, first: 0);
    }

    /// <summary>The lines that device code may hold, in the order of declaration; one may be there twice.</summary>
    private protected virtual IReadOnlyList<InterruptLine> Lines => _lines;

    private protected virtual void LowerInterrupts()
    {
        foreach (InterruptLine line in _lines)
            line.Deassert();
    }

    private InterruptController ConnectInterrupts(VfioDeclaration declaration)
    {
        var interrupts = new InterruptController(declaration.Irqs.Count == 0 ? 0 : declaration.Irqs.Keys.Max() + 1, exclusive: false);
        foreach ((int index, (IrqKind kind, List<InterruptLine> lines)) in declaration.Irqs)
        {
            if (kind == IrqKind.Level)
            {
                var level = new IntxIndex();
                interrupts.Add(index, level);
                lines.ForEach(line => line.Connect(Gate, Deferred, level));
            }
            else
            {
                var edge = new MessageIndex(1, IrqInfoFlags.EventFd);
                interrupts.Add(index, edge);
                lines.ForEach(line => line.Connect(Gate, Deferred, edge, vector: 0));
            }
            _lines.AddRange(lines);
        }
        return interrupts;
    }
}
