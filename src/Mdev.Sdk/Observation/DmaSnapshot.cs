using System.Text.Json.Serialization;

namespace Mdev.Sdk.Observation;

/// <summary>Guest memory that the client lets the device reach.</summary>
public sealed record DmaSnapshot
{
    /// <summary>Guest DMA address of the first byte.</summary>
    [JsonConverter(typeof(HexConverter))]
    public required ulong Address { get; init; }

    /// <summary>Bytes.</summary>
    public required ulong Size { get; init; }

    /// <summary>Whether the device may read it.</summary>
    public required bool CanRead { get; init; }

    /// <summary>Whether the device may write it.</summary>
    public required bool CanWrite { get; init; }

    /// <summary>Whether the client shares the memory; otherwise each access is a message to it.</summary>
    public required bool Shared { get; init; }

    /// <summary>Whether it lies in this process's memory; shared memory that cannot be mapped is reached by its file.</summary>
    public required bool Mapped { get; init; }

    /// <summary>Whether the client has truncated its file, so that accesses fail.</summary>
    public required bool Broken { get; init; }

    /// <summary>Where it begins in the client's file.</summary>
    [JsonConverter(typeof(HexConverter))]
    public required ulong FileOffset { get; init; }
}
