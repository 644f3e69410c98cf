namespace Mdev.Sdk;

/// <summary>
/// Gives a PCI device a capability with registers of its own. The property's type is a class with <see cref="RegisterBlockAttribute"/>
/// that covers the whole capability. Its first two bytes, ID and next, are the SDK's; registers begin at 0x02. A capability that a
/// type of device does not have is <see langword="null"/> once the constructor has run.
/// </summary>
/// <param name="id">Capability ID. Source: PCI Code and ID Assignment.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class CapabilityAttribute(byte id) : Attribute
{
    /// <summary>Capability ID.</summary>
    public byte Id { get; } = id;

    /// <summary>Offset of the capability in config space, 0x40 to 0xfc; 0 for the next free one.</summary>
    public int Offset { get; set; }
}
