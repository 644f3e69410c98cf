namespace Mdev.Sdk.Pci;

/// <summary>A device's power state, as software wrote it. Source: PCI Bus Power Management 1.2, section 3.2.4.</summary>
public enum PciPowerState
{
    /// <summary>On.</summary>
    D0 = 0,

    /// <summary>
    /// Asleep with power: config space answers, and a driver leaves everything else alone until the device is back in
    /// <see cref="D0"/>.
    /// </summary>
    D3Hot = 3,
}
