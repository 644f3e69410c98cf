using Mdev.Sdk.Registers;

namespace Mdev.Sdk.Generators.Tests.Behaviour.Blocks;

/// <summary>One channel.</summary>
[RegisterBlock(0x20)]
public sealed partial class CardChannel
{
    /// <summary>Where it reads.</summary>
    [Register(0x00)] public partial uint Source { get; set; }
    [Register(0x08)] public partial Order Order { get; set; }
    [RegisterArray(0x10, 2)] public partial RegisterArray<ushort> Pair { get; }
}
