namespace Mdev.Sdk;

/// <summary>
/// Gives a PCI device an extended capability with registers of its own. The property's type is a class with
/// <see cref="RegisterBlockAttribute"/> that covers the whole capability. Its first four bytes, ID, version and next, are the SDK's;
/// registers begin at 0x04. A capability that a type of device does not have is <see langword="null"/> once the constructor has run.
/// Guests look for extended capabilities only in a <see cref="PciExpressAttribute"/> device.
/// </summary>
/// <param name="id">Extended capability ID. Source: PCI Code and ID Assignment.</param>
/// <param name="version">0 to 15.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ExtendedCapabilityAttribute(ushort id, byte version = 1) : Attribute
{
    /// <summary>Extended capability ID.</summary>
    public ushort Id { get; } = id;

    /// <summary>0 to 15.</summary>
    public byte Version { get; } = version;

    /// <summary>Offset of the capability in config space, 0x100 to 0xffc; 0 for the next free one.</summary>
    public int Offset { get; set; }
}
