using System.Text.Json;
using System.Text.Json.Serialization;

namespace Mdev.Sdk.Observation;

/// <summary>Bytes as hexadecimal digits, the byte of the lowest address first, as <c>setpci</c> and <c>xxd -p</c> have them.</summary>
internal sealed class HexBytesConverter : JsonConverter<ReadOnlyMemory<byte>>
{
    public override ReadOnlyMemory<byte> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        try
        {
            return Convert.FromHexString(reader.GetString() ?? "");
        }
        catch (FormatException e)
        {
            throw new JsonException("Bytes are pairs of hexadecimal digits.", e);
        }
    }

    public override void Write(Utf8JsonWriter writer, ReadOnlyMemory<byte> value, JsonSerializerOptions options) =>
        writer.WriteStringValue(Convert.ToHexStringLower(value.Span));
}
