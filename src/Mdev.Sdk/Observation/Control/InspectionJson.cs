using System.Text.Json.Serialization;
using Mdev.Sdk.Management;
using Mdev.Sdk.Management.Control;

namespace Mdev.Sdk.Observation.Control;

/// <summary>How what is observed is read and written, on the control socket and by <c>--json</c>; by the rules of <see cref="ControlJson"/>.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    Converters = [typeof(AttributeValueConverter)])]
[JsonSerializable(typeof(InspectArguments))]
[JsonSerializable(typeof(Inspection))]
[JsonSerializable(typeof(TraceArguments))]
[JsonSerializable(typeof(TraceEvent))]
internal sealed partial class InspectionJson : JsonSerializerContext;
