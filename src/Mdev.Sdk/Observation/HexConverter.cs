using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Mdev.Sdk.Observation;

/// <summary>Numbers that are bit patterns, as texts (<c>"0xfee00000"</c>): JSON's own numbers hold 53 bits in most readers.</summary>
internal sealed class HexConverter : JsonConverter<ulong>
{
    public override ulong Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.GetString() is { } text && text.StartsWith("0x", StringComparison.Ordinal)
            && ulong.TryParse(text.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ulong value)
            ? value
            : throw new JsonException("A number in hexadecimal, 0x and digits, was expected.");

    public override void Write(Utf8JsonWriter writer, ulong value, JsonSerializerOptions options) =>
        writer.WriteStringValue(string.Create(CultureInfo.InvariantCulture, $"0x{value:x}"));
}
