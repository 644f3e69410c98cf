namespace Mdev.Sdk;

/// <summary>
/// Gives a PCI device an expansion ROM (VFIO region 6): the <see cref="Pci.RomImage"/> of the property, which is asked once when an
/// instance is made; <see langword="null"/> for a device without one. Source: PCI Local Bus 3.0, sections 6.2.5.2 and 6.3.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ExpansionRomAttribute : Attribute;
