using Mdev.Sdk.Interrupts;
using Mdev.Sdk.Registers;

namespace Mdev.Sdk.Generators.Tests.Behaviour.Blocks;

/// <summary>A status that drives a line.</summary>
[RegisterBlock(4)]
public sealed partial class AttributedRegisters(InterruptLine line)
{
    [Register(0, Access = Access.RW1C), InterruptStatus(nameof(line))] public partial uint Status { get; set; }
}
