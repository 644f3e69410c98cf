namespace Mdev.Devices.Bridge.Tests;

/// <summary>A test over the bridge: what every <c>[Fact]</c> of this project is.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class BridgeFactAttribute : Xunit.FactAttribute
{
    public BridgeFactAttribute() => Skip = Needs.Missing([Need.Fuse]);
}
