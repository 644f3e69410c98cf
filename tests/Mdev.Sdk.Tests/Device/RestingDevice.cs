using Mdev.Sdk.Device;
using Mdev.Sdk.Interrupts;
using Mdev.Sdk.Pci;

namespace Mdev.Sdk.Tests.Device;

/// <summary>A device with function level reset that hears when it is to rest.</summary>
internal sealed class RestingDevice : PciDevice
{
    private readonly List<string> _heard = [];

    public RestingDevice() => Realize(Guid.NewGuid(), Log);

    public ListLogger Log { get; } = new();

    public InterruptLine Irq { get; } = new();

    public int FlrOffset { get; private set; }

    /// <summary>What the end of its threads is.</summary>
    public Task Ending { get; set; } = Task.CompletedTask;

    public IReadOnlyList<string> Heard
    {
        get
        {
            lock (_heard)
                return [.. _heard];
        }
    }

    public byte[] Read(uint region, ulong offset, int count)
    {
        byte[] bytes = new byte[count];
        Assert.Equal(Errno.None, Read(region, offset, bytes.AsSpan()));
        return bytes;
    }

    public void Write(uint region, ulong offset, params byte[] bytes) => Assert.Equal(Errno.None, Write(region, offset, bytes.AsSpan()));

    public void WriteConfig(int offset, params byte[] bytes) => Write(ConfigRegion, (ulong)offset, bytes);

    protected override Task OnQuiesce(QuiesceReason reason, CancellationToken deadline)
    {
        Hear($"quiesce {reason}");
        return Ending;
    }

    protected override void OnResume()
    {
        Assert.True(Gate.IsHeldByCurrentThread);
        Hear("resume");
    }

    protected override void Declare(PciDeclaration pci)
    {
        pci.Identity(new PciDeviceAttribute(0x1234, 0x5678))
            .Bar(0, BarKind.Memory32, new ScratchBlock(16))
            .IntX(Irq, 1)
            .Msi(Irq, 0, capability: true);
        pci.PciExpress(new PciExpressAttribute { FunctionLevelReset = true, Offset = 0x80 });
        FlrOffset = 0x88;
    }

    private void Hear(string what)
    {
        lock (_heard)
            _heard.Add(what);
    }
}
