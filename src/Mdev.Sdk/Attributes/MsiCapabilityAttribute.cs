namespace Mdev.Sdk;

/// <summary>
/// Says more about the MSI capability of a device whose lines have <see cref="MsiAttribute"/>; not needed otherwise. Source: PCI
/// Local Bus 3.0, section 6.8.1.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class MsiCapabilityAttribute : Attribute
{
    /// <summary>Whether software can mask each vector; one that is masked becomes pending and signals when it is unmasked.</summary>
    public bool Masking { get; set; }

    /// <summary>How many vectors the device offers: 1, 2, 4, 8, 16 or 32; if not given, as few as its lines need.</summary>
    public int Vectors { get; set; }

    /// <summary>Offset of the capability in config space; 0 for the next free one.</summary>
    public int Offset { get; set; }
}
