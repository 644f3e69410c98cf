using System.Text.Json.Serialization;

namespace Mdev.Sdk.Observation;

/// <summary>What config space says of a device.</summary>
public sealed record PciSnapshot
{
    /// <summary>Vendor ID.</summary>
    [JsonConverter(typeof(HexConverter))]
    public required ulong Vendor { get; init; }

    /// <summary>Device ID.</summary>
    [JsonConverter(typeof(HexConverter))]
    public required ulong Device { get; init; }

    /// <summary>Class code of 24 bits: base class, sub-class, programming interface.</summary>
    [JsonConverter(typeof(HexConverter))]
    public required ulong Class { get; init; }

    /// <summary>Revision ID.</summary>
    [JsonConverter(typeof(HexConverter))]
    public required ulong Revision { get; init; }

    /// <summary>Subsystem vendor ID.</summary>
    [JsonConverter(typeof(HexConverter))]
    public required ulong SubsystemVendor { get; init; }

    /// <summary>Subsystem ID.</summary>
    [JsonConverter(typeof(HexConverter))]
    public required ulong Subsystem { get; init; }

    /// <summary>1 is INTA; 0 is none.</summary>
    public required int InterruptPin { get; init; }

    /// <summary>The power state that software has put it into: <c>D0</c> to <c>D3Hot</c>.</summary>
    public required string PowerState { get; init; }

    /// <summary>In the order of the list.</summary>
    public required IReadOnlyList<CapabilitySnapshot> Capabilities { get; init; }

    /// <summary>All of config space, 256 or 4096 bytes, as a guest would read it.</summary>
    [JsonConverter(typeof(HexBytesConverter))]
    public required ReadOnlyMemory<byte> Config { get; init; }
}
