namespace Mdev.Sdk.Generators.Tests.Behaviour.Blocks;

public enum Mode
{
    Off,
    Once,
    Always,
    Test,
}
