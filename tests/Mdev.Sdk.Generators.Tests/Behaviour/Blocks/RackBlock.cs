using Mdev.Sdk.Registers;

namespace Mdev.Sdk.Generators.Tests.Behaviour.Blocks;

/// <summary>Blocks inside of a block, single and as an array, which say when they end.</summary>
[RegisterBlock(0x100)]
public sealed partial class RackBlock(List<string> ended) : IDisposable
{
    [Block(0x40)] public SlotBlock Front { get; } = new("front", ended);
    [Block(0x80, Count = 4, Stride = 0x20)] public SlotBlock?[] Slots { get; } = [new("slot 0", ended), null, new("slot 2", ended)];
    [RegisterArray(0x10, 4)] public partial RegisterArray<uint> Fans { get; }

    public void Dispose() => ended.Add("rack");
}

/// <summary>One slot of the rack.</summary>
[RegisterBlock(0x20)]
public sealed partial class SlotBlock(string name, List<string> ended) : IDisposable
{
    [Register(0x4)] public partial uint Power { get; set; }

    public void Dispose() => ended.Add(name);
}
