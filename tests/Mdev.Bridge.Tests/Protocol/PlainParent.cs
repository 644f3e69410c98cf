using Mdev.Sdk;

namespace Mdev.Bridge.Tests.Protocol;

/// <summary>Makes <see cref="PlainDevice"/>s.</summary>
[MdevParent("plain")]
public sealed partial class PlainParent : MdevParent<PlainDevice, int>
{
    [MdevType("1", "Plain device")] public static int Only => 0;
}
