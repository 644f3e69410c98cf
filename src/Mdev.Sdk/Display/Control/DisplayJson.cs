using System.Text.Json.Serialization;

namespace Mdev.Sdk.Display.Control;

/// <summary>How pictures are asked for and answered, on the control socket; by the rules of <see cref="Management.Control.ControlJson"/>.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(ScreenshotArguments))]
[JsonSerializable(typeof(Screenshot))]
internal sealed partial class DisplayJson : JsonSerializerContext;
