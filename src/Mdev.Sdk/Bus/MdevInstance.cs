namespace Mdev.Sdk;

/// <summary>An instance of a type: a device with a UUID. Source: drivers/vfio/mdev, struct mdev_device.</summary>
public sealed class MdevInstance : IAttributeHome
{
    private readonly MdevBus _bus;
    private readonly IDisposable _device;

    internal MdevInstance(Guid uuid, MdevType type, IDisposable device, MdevBus bus)
    {
        (Uuid, Type, _device, _bus) = (uuid, type, device, bus);
        Attributes = MdevAttributeSet.Of(device, this);
    }

    /// <summary>Its identity, unique on the bus until the instance is removed entirely.</summary>
    public Guid Uuid { get; }

    /// <summary>What it is an instance of.</summary>
    public MdevType Type { get; }

    /// <summary>The vendor's device.</summary>
    public object Device => _device;

    /// <summary>The device's attributes. When the instance has gone, each use of one is refused with ENODEV.</summary>
    public MdevAttributeSet Attributes { get; }

    void IAttributeHome.AttributesChanged() => _bus.AttributesChanged(this);

    void IAttributeHome.AttributeThrew(Exception exception, string attribute) => _bus.AttributeThrew(exception, Uuid.ToString(), attribute);
}
