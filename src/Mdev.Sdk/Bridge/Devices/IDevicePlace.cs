namespace Mdev.Sdk.Bridge.Devices;

/// <summary>An instance on the host, until it is disposed.</summary>
internal interface IDevicePlace : IDisposable
{
    /// <summary>Where it is: a folder, or nodes.</summary>
    IReadOnlyList<string> Paths { get; }
}
