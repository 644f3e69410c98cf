namespace Mdev.Sdk;

/// <summary>An instance of a type: a device with a UUID. Source: drivers/vfio/mdev, struct mdev_device.</summary>
public sealed class MdevInstance
{
    private readonly IDisposable _device;

    internal MdevInstance(Guid uuid, MdevType type, IDisposable device, MdevBus bus)
    {
        (Uuid, Type, _device) = (uuid, type, device);
        Attributes = new(device, () => bus.AttributesChanged(this));
    }

    /// <summary>Its identity, unique on the bus until the instance is removed entirely.</summary>
    public Guid Uuid { get; }

    /// <summary>What it is an instance of.</summary>
    public MdevType Type { get; }

    /// <summary>The vendor's device.</summary>
    public object Device => _device;

    /// <summary>The device's attributes.</summary>
    public MdevAttributeSet Attributes { get; }

    /// <summary>Waits for whoever is at an attribute, and lets nobody reach the device any more.</summary>
    internal void End()
    {
        Attributes.Close();
        _device.Dispose();
    }
}
