using System.Text.Json.Serialization;
using Mdev.Sdk.Management.Control.Messages;

namespace Mdev.Sdk.Management.Control;

/// <summary>
/// How messages are read and written. A member that a host does not know is refused: an option must not be left out in silence.
/// </summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    Converters = [typeof(AttributeValueConverter)])]
[JsonSerializable(typeof(ControlRequest))]
[JsonSerializable(typeof(ControlError))]
[JsonSerializable(typeof(Nothing))]
[JsonSerializable(typeof(ParentList))]
[JsonSerializable(typeof(TypesArguments))]
[JsonSerializable(typeof(TypeList))]
[JsonSerializable(typeof(ListArguments))]
[JsonSerializable(typeof(InstanceList))]
[JsonSerializable(typeof(CreateArguments))]
[JsonSerializable(typeof(RemoveArguments))]
[JsonSerializable(typeof(AttributesArguments))]
[JsonSerializable(typeof(AttributeList))]
[JsonSerializable(typeof(SetArguments))]
[JsonSerializable(typeof(EventInfo))]
internal sealed partial class ControlJson : JsonSerializerContext;
