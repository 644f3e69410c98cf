using Mdev.Sdk.Device;

namespace Mdev.Sdk.Observation;

/// <summary>
/// A device as it was at one moment: what a guest would find, and what the SDK knows beside. Taking it has no side effect, and holds
/// the device's lock only while values are copied.
/// </summary>
public sealed record DeviceSnapshot
{
    /// <summary>The instance's UUID.</summary>
    public required Guid Uuid { get; init; }

    /// <summary>When it was taken.</summary>
    public required DateTimeOffset Taken { get; init; }

    /// <summary>The device's place in a migration: <c>Running</c>, <c>Stop</c>, <c>StopCopy</c>, <c>Resuming</c>, <c>Error</c>.</summary>
    public required string State { get; init; }

    /// <summary>Who uses it; <see langword="null"/> for nobody.</summary>
    public ClientSnapshot? Client { get; init; }

    /// <summary>What config space says; <see langword="null"/> for a device that is not PCI.</summary>
    public PciSnapshot? Pci { get; init; }

    /// <summary>The regions that the device has, by index.</summary>
    public required IReadOnlyList<RegionSnapshot> Regions { get; init; }

    /// <summary>The interrupt indices that the device has.</summary>
    public required IReadOnlyList<InterruptSnapshot> Interrupts { get; init; }

    /// <summary>What the client has mapped of its memory, by address.</summary>
    public required IReadOnlyList<DmaSnapshot> Dma { get; init; }

    /// <summary>What has been counted since the device was made.</summary>
    public required CountersSnapshot Counters { get; init; }

    /// <summary>Looks at a device.</summary>
    /// <param name="device">A device that is served.</param>
    public static DeviceSnapshot Of(VfioDevice device)
    {
        ArgumentNullException.ThrowIfNull(device);
        return SnapshotTaker.Take(device);
    }
}
