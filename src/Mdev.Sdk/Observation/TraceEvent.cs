using System.Text.Json.Serialization;

namespace Mdev.Sdk.Observation;

/// <summary>One thing that happened to a device, or that it did.</summary>
public sealed record TraceEvent
{
    /// <summary>What it is; the other members say for which kinds they are.</summary>
    public required TraceEventKind Kind { get; init; }

    /// <summary>When, in nanoseconds since 1970-01-01 UTC; never less than that of the event before.</summary>
    public required long Time { get; init; }

    /// <summary>VFIO region index, of a request, register or reply.</summary>
    public int? Region { get; init; }

    /// <summary>What the region is called: <c>BAR0</c>.</summary>
    public string? RegionName { get; init; }

    /// <summary>Bytes from the start of the region.</summary>
    [JsonConverter(typeof(HexConverter))]
    public ulong? Offset { get; init; }

    /// <summary>Bytes accessed.</summary>
    public int? Count { get; init; }

    /// <summary>Whether it is a write.</summary>
    public bool? IsWrite { get; init; }

    /// <summary>
    /// The bytes that a request writes or a reply has read, of more than 64 KiB the first ones. Absent for others.
    /// </summary>
    [JsonConverter(typeof(HexBytesConverter))]
    public ReadOnlyMemory<byte>? Data { get; init; }

    /// <summary>
    /// Of a register event, its name; absent where no register claims the offset. Of a request or reply, what lies there that is no
    /// register, where that has a name: <c>Command</c>, <c>Vram</c>.
    /// </summary>
    public string? Name { get; init; }

    /// <summary>What was read from a register or written to it.</summary>
    [JsonConverter(typeof(HexConverter))]
    public ulong? Value { get; init; }

    /// <summary>The register's fields or the name of its value, as people read them.</summary>
    public string? Meaning { get; init; }

    /// <summary>What a reply refuses its request with, an errno of Linux; absent if it does not.</summary>
    public int? Error { get; init; }

    /// <summary>VFIO interrupt index.</summary>
    public int? Interrupt { get; init; }

    /// <summary>What the interrupt index is called: <c>MSI-X</c>.</summary>
    public string? InterruptName { get; init; }

    /// <summary>Which vector of the interrupt index.</summary>
    public int? Vector { get; init; }

    /// <summary>How many accesses are missing.</summary>
    public long? Lost { get; init; }
}
