using System.Text.Json;
using System.Text.Json.Serialization;

namespace Mdev.Sdk.Management;

/// <summary>An attribute as definitions have it: an object with one member, <c>{"NAME":"VALUE"}</c>.</summary>
internal sealed class AttributeValueConverter : JsonConverter<AttributeValue>
{
    public override AttributeValue Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartObject || !reader.Read() || reader.TokenType != JsonTokenType.PropertyName)
            throw Wrong();
        string name = reader.GetString()!;
        if (!reader.Read() || reader.TokenType != JsonTokenType.String)
            throw Wrong();
        string value = reader.GetString()!;
        return reader.Read() && reader.TokenType == JsonTokenType.EndObject ? new AttributeValue(name, value) : throw Wrong();
    }

    public override void Write(Utf8JsonWriter writer, AttributeValue value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        writer.WriteString(value.Name, value.Value);
        writer.WriteEndObject();
    }

    private static JsonException Wrong() => new("An attribute is an object with one member, {\"NAME\": \"VALUE\"}.");
}
