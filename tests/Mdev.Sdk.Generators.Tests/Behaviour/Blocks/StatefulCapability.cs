using Mdev.Sdk.Registers;

namespace Mdev.Sdk.Generators.Tests.Behaviour.Blocks;

/// <summary>Registers behind a capability's header, of either kind.</summary>
[RegisterBlock(0x10)]
public sealed partial class StatefulCapability
{
    [Register(0x04)] public partial uint Data { get; set; }
    [Register(0x08, Access = Access.RW | Access.Once)] public partial uint Locked { get; set; }
}
