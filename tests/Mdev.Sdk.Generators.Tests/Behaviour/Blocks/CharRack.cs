namespace Mdev.Sdk.Generators.Tests.Behaviour.Blocks;

/// <summary>A block with a character device that has blocks with such inside; one place is empty.</summary>
[RegisterBlock(0x20)]
[CharDevice("rack")]
public sealed partial class CharRack
{
    [Block(0x00)] public CharPort First { get; } = new();
    [Block(0x10, Count = 2, Stride = 4)] public CharPort?[] Ports { get; } = [null, new CharPort()];
}
