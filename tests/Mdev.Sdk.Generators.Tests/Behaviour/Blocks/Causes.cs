namespace Mdev.Sdk.Generators.Tests.Behaviour.Blocks;

[Flags]
public enum Causes : ushort
{
    None = 0,
    Done = 1,
    Error = 0x8000,
}
