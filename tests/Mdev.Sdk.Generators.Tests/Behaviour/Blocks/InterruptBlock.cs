using Mdev.Sdk.Registers;
using Mdev.Sdk.Interrupts;

namespace Mdev.Sdk.Generators.Tests.Behaviour.Blocks;

/// <summary>Status, enable and mask as interrupt controllers have them, with an acknowledge and a raise register beside.</summary>
[RegisterBlock(0x20)]
public sealed partial class InterruptBlock(InterruptLine? irq)
{
    [Register(0x00, Access = Access.RW1C), Alias(0x10, Access = Access.W1S, Name = "Raise"), Alias(0x14, Access = Access.W1C, Name = "Acknowledge")]
    [InterruptStatus(nameof(irq), Enable = nameof(Enable), Mask = nameof(Mask))]
    public partial uint Status { get; set; }

    [Register(0x04)] public partial uint Enable { get; set; }
    [Register(0x08, Reset = 0x80)] public partial uint Mask { get; set; }

    [OnWrite(0x18, Name = "Set")] private void Set(uint value) => Status |= value;
}
