using Mdev.Sdk.Pci;

namespace Mdev.Sdk.Observation;

/// <summary>The fields of config space that every device has. Source: PCI Local Bus 3.0, figure 6-1.</summary>
internal static class ConfigNames
{
    /// <summary>The field that has a byte; <see langword="null"/> behind the header.</summary>
    public static string? At(ulong offset) => offset switch
    {
        < ConfigOffset.DeviceId => "Vendor ID",
        < ConfigOffset.Command => "Device ID",
        < ConfigOffset.Status => "Command",
        < ConfigOffset.RevisionId => "Status",
        ConfigOffset.RevisionId => "Revision ID",
        < 0x0c => "Class Code",
        0x0c => "Cache Line Size",
        0x0d => "Latency Timer",
        0x0e => "Header Type",
        0x0f => "BIST",
        < 0x28 => $"BAR{(offset - ConfigOffset.Bar0) / 4}",
        < ConfigOffset.SubsystemVendorId => "CardBus CIS Pointer",
        < ConfigOffset.SubsystemId => "Subsystem Vendor ID",
        < ConfigOffset.ExpansionRom => "Subsystem ID",
        < ConfigOffset.CapabilitiesPointer => "Expansion ROM",
        ConfigOffset.CapabilitiesPointer => "Capabilities Pointer",
        < ConfigOffset.InterruptLine => null,
        ConfigOffset.InterruptLine => "Interrupt Line",
        ConfigOffset.InterruptPin => "Interrupt Pin",
        0x3e => "Min_Gnt",
        0x3f => "Max_Lat",
        _ => null,
    };
}
