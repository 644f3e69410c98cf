namespace Mdev.Sdk.Generators.Tests.Behaviour.Blocks;

/// <summary>What may interrupt.</summary>
[Flags]
public enum Events : ushort
{
    None = 0,

    /// <summary>A transfer is done.</summary>
    Done = 0x0001,
    Failed = 0x0002,
    Level = 0x00f0,
    All = Done | Failed,
}
