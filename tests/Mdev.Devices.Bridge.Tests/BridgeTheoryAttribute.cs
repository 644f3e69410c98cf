namespace Mdev.Devices.Bridge.Tests;

/// <summary>As <see cref="BridgeFactAttribute"/>: what every <c>[Theory]</c> of this project is.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class BridgeTheoryAttribute : Xunit.TheoryAttribute
{
    public BridgeTheoryAttribute() => Skip = BridgeFactAttribute.Missing;
}
