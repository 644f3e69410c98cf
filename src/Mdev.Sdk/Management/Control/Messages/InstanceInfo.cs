namespace Mdev.Sdk.Management.Control.Messages;

/// <summary>An instance, and how it is reached.</summary>
/// <param name="Uuid">Its UUID.</param>
/// <param name="Type">Its type's id.</param>
/// <param name="Parent">Its parent's name.</param>
/// <param name="DeviceApi"><c>vfio-pci</c>, <c>vfio-ap</c>, …</param>
/// <param name="Serving">How it is served; <see langword="null"/> for a device that no client can attach.</param>
/// <param name="Attributes">Those that can be read and written, if they were asked for.</param>
internal sealed record InstanceInfo(
    Guid Uuid, string Type, string Parent, string DeviceApi, ServingInfo? Serving = null, IReadOnlyList<AttributeValue>? Attributes = null)
{
    /// <summary>The vfio-user socket that clients connect to.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public string? Socket => Serving?.Socket;
}
