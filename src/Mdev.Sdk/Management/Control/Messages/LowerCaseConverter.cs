using System.Text.Json;
using System.Text.Json.Serialization;

namespace Mdev.Sdk.Management.Control.Messages;

/// <summary>An enumeration by its members' names in kebab case; numbers are refused.</summary>
internal sealed class LowerCaseConverter<T>() : JsonStringEnumConverter<T>(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false)
    where T : struct, Enum;
