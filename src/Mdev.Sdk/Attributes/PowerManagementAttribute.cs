namespace Mdev.Sdk;

/// <summary>
/// Gives a PCI device the power management capability, with D0 and D3hot. Changes reach
/// <see cref="Pci.PciDevice.OnPowerStateChanged"/>. Source: PCI Bus Power Management 1.2.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class PowerManagementAttribute : Attribute
{
    /// <summary>Whether the device keeps its state on the way from D3hot to D0 (No_Soft_Reset); otherwise it is reset warm.</summary>
    public bool NoSoftReset { get; set; }

    /// <summary>Offset of the capability in config space; 0 for the next free one.</summary>
    public int Offset { get; set; }
}
