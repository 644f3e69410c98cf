namespace Mdev.Sdk;

/// <summary>An instance of a type: a device with a UUID. Source: drivers/vfio/mdev, struct mdev_device.</summary>
public sealed class MdevInstance
{
    private readonly IDisposable _device;

    internal MdevInstance(Guid uuid, MdevType type, IDisposable device) => (Uuid, Type, _device) = (uuid, type, device);

    /// <summary>Its identity, unique on the bus until the instance is removed entirely.</summary>
    public Guid Uuid { get; }

    /// <summary>What it is an instance of.</summary>
    public MdevType Type { get; }

    /// <summary></summary>
    public MdevAttributeSet Attributes { get; } = new();
    /// <summary>The vendor's device.</summary>
    public object Device => _device;

    internal void DisposeDevice() => _device.Dispose();
}
