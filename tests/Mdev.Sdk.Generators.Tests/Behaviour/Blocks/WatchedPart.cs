namespace Mdev.Sdk.Generators.Tests.Behaviour.Blocks;

[RegisterBlock(4)]
public sealed partial class WatchedPart
{
    [Register(0), Reserved(15, 8)] public partial ushort Inner { get; set; }
}
