using System.Text.Json.Serialization;

namespace Mdev.Sdk.Observation;

/// <summary>What is observed, as JSON: the same for the tool's <c>--json</c> and on the control socket.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(DeviceSnapshot))]
[JsonSerializable(typeof(TraceEvent))]
internal sealed partial class ObservationJson : JsonSerializerContext;
