namespace Mdev.Devices.Bridge.Tests;

/// <summary>A test over the bridge: what every <c>[Fact]</c> of this project is.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class BridgeFactAttribute : Xunit.FactAttribute
{
    public BridgeFactAttribute() => Skip = Missing;

    /// <summary>What it needs and is not there; a guest that runs them by <see cref="Program"/> has its nodes.</summary>
    public static string? Missing { get; } =
        Environment.GetEnvironmentVariable("MDEV_TEST_BRIDGE") == "cuse" ? null : Needs.Missing([Need.Fuse]);
}
