namespace Mdev.Sdk;

/// <summary>
/// Gives a PCI device the extended capability of a serial number: on a property of type <see cref="ulong"/>, which is asked once when an
/// instance is made and may go by <see cref="Device.VfioDevice.Uuid"/>, or with a constant on the class. Guests look for extended
/// capabilities only in a <see cref="PciExpressAttribute"/> device. Source: PCI Express Base 5.0, section 7.9.3.
/// </summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Property)]
public sealed class SerialNumberAttribute : Attribute
{
    /// <summary>On a property, whose value is the number.</summary>
    public SerialNumberAttribute() { }

    /// <summary>On a class: all instances have this number.</summary>
    /// <param name="serial">EUI-64.</param>
    public SerialNumberAttribute(ulong serial) => Serial = serial;

    /// <summary>EUI-64, of an attribute on a class.</summary>
    public ulong Serial { get; }

    /// <summary>Offset of the capability in config space, 0x100 or more; 0 for the next free one.</summary>
    public int Offset { get; set; }
}
