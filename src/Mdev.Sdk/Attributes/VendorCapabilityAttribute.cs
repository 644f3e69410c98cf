namespace Mdev.Sdk;

/// <summary>
/// Gives a PCI device a vendor-specific capability of constant bytes, read-only to the guest. One with registers is a
/// <see cref="CapabilityAttribute"/> of ID 9. Source: PCI Local Bus 3.0, appendix H.
/// </summary>
/// <param name="bytes">What comes behind ID, next and length, which the SDK adds; at most 189 bytes.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true)]
public sealed class VendorCapabilityAttribute(params byte[] bytes) : Attribute
{
    /// <summary>The bytes, in address order.</summary>
    public IReadOnlyList<byte> Bytes { get; } = bytes;

    /// <summary>Offset of the capability in config space; 0 for the next free one.</summary>
    public int Offset { get; set; }
}
