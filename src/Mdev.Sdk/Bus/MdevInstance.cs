namespace Mdev.Sdk;

/// <summary>An instance of a type: a device with a UUID. Source: drivers/vfio/mdev, struct mdev_device.</summary>
public sealed class MdevInstance
{
    private readonly IDisposable _device;

    internal MdevInstance(Guid uuid, MdevType type, IDisposable device)
    {
        (Uuid, Type, _device) = (uuid, type, device);
        Attributes = new(device);
    }

    /// <summary>Its identity, unique on the bus until the instance is removed entirely.</summary>
    public Guid Uuid { get; }

    /// <summary>What it is an instance of.</summary>
    public MdevType Type { get; }

    /// <summary>The vendor's device.</summary>
    public object Device => _device;

    /// <summary>The device's attributes.</summary>
    public MdevAttributeSet Attributes { get; }

    internal void DisposeDevice() => _device.Dispose();
}
