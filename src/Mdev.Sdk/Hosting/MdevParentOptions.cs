namespace Mdev.Sdk.Hosting;

/// <summary>What is said of a parent: the section <c>Mdev:Parents:NAME</c>.</summary>
public sealed class MdevParentOptions
{
    /// <summary>The instances that are made when the host starts, in this order.</summary>
    public IList<MdevDeviceOptions> Devices { get; } = [];
}
