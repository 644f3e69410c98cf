using System.ComponentModel;

namespace Mdev.Sdk.Device;

/// <summary>An access to an attribute of the device, which lasts until it is disposed. For generated code.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly ref struct AttributeAccess
{
    private readonly VfioDevice _device;
    private readonly bool _outermost;

    internal AttributeAccess(VfioDevice device, bool outermost) => (_device, _outermost) = (device, outermost);

    /// <summary>Ends it: lines follow what has changed, and the device's lock is free again.</summary>
    public void Dispose() => _device.EndAttribute(_outermost);
}
