using System.Text.Json.Serialization;

namespace Mdev.Sdk.Observation;

/// <summary>A register with its value.</summary>
public sealed record RegisterSnapshot
{
    /// <summary>The block's class.</summary>
    public required string Block { get; init; }

    /// <summary>As in logs and traces: <c>Channels[3].Source</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Bytes from the start of the region.</summary>
    [JsonConverter(typeof(HexConverter))]
    public required ulong Offset { get; init; }

    /// <summary>8, 16, 32 or 64 bits.</summary>
    public required int Width { get; init; }

    /// <summary>
    /// What a guest would read; <see langword="null"/> for a register that no read meets, and for one whose value only a handler knows that
    /// looking must not run (<see cref="Unseen"/>).
    /// </summary>
    [JsonConverter(typeof(HexConverter))]
    public ulong? Value { get; init; }

    /// <summary>
    /// Whether a read handler that is not <see cref="OnReadAttribute.Pure"/> decides what a guest would read: <see cref="Value"/> is then what is
    /// stored, or nothing.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Unseen { get; init; }

    /// <summary>The name of the whole value; empty where it has none.</summary>
    public string Meaning { get; init; } = "";

    /// <summary>Its fields in source order; empty for a plain number.</summary>
    public IReadOnlyList<FieldSnapshot> Fields { get; init; } = [];

    /// <summary>Why the whole of it is not implemented; <see langword="null"/> if it is.</summary>
    public string? NotImplemented { get; init; }
}
