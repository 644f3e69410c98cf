using System.Text.Json.Serialization;

namespace Mdev.Sdk.Observation;

/// <summary>A piece of a region.</summary>
/// <param name="Offset">Bytes from the start of the region.</param>
/// <param name="Size">Bytes.</param>
/// <param name="Name">The property's name; empty where it has none.</param>
/// <param name="Kind">What it is, in words; empty where there is nothing to say.</param>
public sealed record AreaSnapshot(
    [property: JsonConverter(typeof(HexConverter))] ulong Offset, ulong Size, string Name = "", string Kind = "");
