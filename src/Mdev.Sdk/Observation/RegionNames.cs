using Mdev.Sdk.Device;
using Mdev.Sdk.Pci;

namespace Mdev.Sdk.Observation;

/// <summary>What regions and interrupts are called.</summary>
internal static class RegionNames
{
    /// <summary>A region's name, and what it is.</summary>
    public static (string Name, string Kind) Of(VfioDevice device, uint region) =>
        device is PciDevice pci ? PciSummary.NameOf(pci, region) : ($"REGION{region}", "region");

    /// <summary>An interrupt index's name.</summary>
    public static string OfInterrupt(VfioDevice device, int index) => device is not PciDevice ? $"IRQ{index}" : index switch
    {
        PciDevice.IntxIrq => "INTx",
        PciDevice.MsiIrq => "MSI",
        PciDevice.MsixIrq => "MSI-X",
        PciDevice.ErrIrq => "ERR",
        PciDevice.ReqIrq => "REQ",
        _ => $"IRQ{index}",
    };
}
