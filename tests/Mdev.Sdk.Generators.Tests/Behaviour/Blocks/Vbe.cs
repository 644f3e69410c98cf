namespace Mdev.Sdk.Generators.Tests.Behaviour.Blocks;

public enum Vbe : ushort
{
    Id,
    Width,
    Height,
}
