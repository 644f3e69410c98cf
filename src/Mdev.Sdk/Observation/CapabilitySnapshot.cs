using System.Text.Json.Serialization;

namespace Mdev.Sdk.Observation;

/// <summary>An entry of the list of capabilities.</summary>
/// <param name="Offset">Where in config space it lies.</param>
/// <param name="Name">What it is, in words.</param>
public sealed record CapabilitySnapshot([property: JsonConverter(typeof(HexConverter))] ulong Offset, string Name);
