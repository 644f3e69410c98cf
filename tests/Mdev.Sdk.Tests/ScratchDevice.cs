using Mdev.Sdk.Interrupts;
using Mdev.Sdk.Pci;
using Mdev.Sdk.Registers;
using Microsoft.Extensions.Logging;

namespace Mdev.Sdk.Tests;

/// <summary>A PCI device declared by hand, with one block behind BAR 0.</summary>
internal sealed class ScratchDevice : PciDevice
{
    private readonly Action<PciDeclaration, InterruptLine>? _more;

    /// <param name="block">Behind BAR 0; plain storage if not given.</param>
    /// <param name="more">What else the device declares, perhaps of its own line.</param>
    /// <param name="logger">Instead of <see cref="Log"/>.</param>
    public ScratchDevice(
        IRegisterBlock? block = null, Action<PciDeclaration, InterruptLine>? more = null, ILogger? logger = null)
    {
        (Block, _more) = (block ?? new ScratchBlock(16), more);
        Realize(Guid.NewGuid(), logger ?? Log);
    }

    public IRegisterBlock Block { get; }

    public ListLogger Log { get; } = new();

    public InterruptLine Irq { get; } = new();

    public List<PciPowerState> PowerStates { get; } = [];

    public Action<PciPowerState>? OnPower { get; set; }

    protected override void OnPowerStateChanged(PciPowerState state)
    {
        PowerStates.Add(state);
        OnPower?.Invoke(state);
    }

    protected override void Declare(PciDeclaration pci)
    {
        pci.Identity(new PciDeviceAttribute(0x1234, 0x5678) { Class = 0x0a_0b_0c, Revision = 0x0d });
        pci.Bar(0, BarKind.Io, Block);
        pci.IntX(Irq, 1);
        _more?.Invoke(pci, Irq);
    }

    public byte[] Read(uint region, ulong offset, int count)
    {
        byte[] bytes = new byte[count];
        Assert.Equal(Errno.None, Read(region, offset, bytes.AsSpan()));
        return bytes;
    }

    public void Write(uint region, ulong offset, params byte[] bytes) =>
        Assert.Equal(Errno.None, Write(region, offset, bytes.AsSpan()));

    public byte[] Config(int offset, int count) => Read(ConfigRegion, (ulong)offset, count);

    public void WriteConfig(int offset, params byte[] bytes) => Write(ConfigRegion, (ulong)offset, bytes);
}
