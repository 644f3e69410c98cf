namespace Mdev.Sdk.Generators.Tests.Behaviour.Blocks;

[RegisterBlock(8)]
public sealed partial class PairBlock
{
    [Register(0)] public partial uint Source { get; set; }
    [Register(4)] public partial ushort Length { get; set; }
}
