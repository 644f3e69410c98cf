using Mdev.Sdk.Interrupts;
using Mdev.Sdk.Pci;
using Microsoft.Extensions.Logging.Abstractions;

namespace Mdev.Sdk.Generators.Tests.Behaviour.Blocks;

/// <summary>A device with a saved member of every kind.</summary>
[PciDevice(0x1234, 0x5678)]
internal sealed partial class SavedCard : PciDevice
{
    public SavedCard()
    {
        Registers = new SavedBlock(Derived);
        Realize(Guid.NewGuid(), NullLogger.Instance);
    }

    [Bar(0, BarKind.Memory32)] public SavedBlock Registers { get; }
    [IntX, Msi(0)] public InterruptLine Derived { get; } = new();
    [IntX, Msi(1)] public InterruptLine Held { get; } = new();

    [Saved] public int Negative { get; set; }
    [Saved] public double Number;
    [Saved] public float Small;
    [Saved] public char Letter;
    [Saved] public Mode Mode;
    [Saved] public Guid Identity;
    [Saved] public string Text = "";
    [Saved] public string? Note = "gone";
    [Saved] public string?[]? Texts;
    [Saved] public readonly sbyte[] Fixed = new sbyte[3];
    [Saved] public long[] Any = [];

    [NotSaved] public int Loaded { get; private set; }

    protected override void StateLoaded() => Loaded++;
}
