using Mdev.Sdk.Interrupts;
using Mdev.Sdk.Registers;

namespace Mdev.Sdk.Generators.Tests.Behaviour.Blocks;

[RegisterBlock(0x20)]
internal sealed partial class SavedBlock(InterruptLine irq)
{
    [Saved] public int Written { get; private set; }

    [Register(0x00), InterruptStatus(nameof(irq))] public partial uint Status { get; set; }
    [Register(0x04, Access = Access.RW | Access.Once)] public partial uint Locked { get; set; }
    [OnWrite(nameof(Locked))] private void Count(uint value) => Written++;
}
