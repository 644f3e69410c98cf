using Mdev.Sdk.Interrupts;
using Mdev.Sdk.Registers;

namespace Mdev.Sdk.Generators.Tests.Behaviour.Blocks;

/// <summary>One cause register whose bits have a vector each.</summary>
[RegisterBlock(0x10)]
public sealed partial class CauseBlock(InterruptLine received, InterruptLine sent)
{
    [Register(0x00, Access = Access.RW1C)]
    [InterruptStatus(nameof(received), Bits = 0x1, Enable = nameof(Enable)), InterruptStatus(nameof(sent), Bits = 0x2, Enable = nameof(Enable))]
    public partial uint Cause { get; set; }

    [Register(0x04)] public partial uint Enable { get; set; }
}
