using System.Text.Json.Serialization;
using Mdev.Sdk.Management.Control.Messages;
using Mdev.Sdk.Observation;

namespace Mdev.Sdk.Management.Control;

/// <summary>How what is observed is read and written, on the control socket and by <c>--json</c>; as <see cref="ControlJson"/>.</summary>
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
