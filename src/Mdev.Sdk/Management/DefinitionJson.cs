using System.Buffers;
using System.Text.Json;

namespace Mdev.Sdk.Management;

/// <summary>Writes definitions byte for byte as mdevctl writes them.</summary>
internal static class DefinitionJson
{
    private static readonly JsonWriterOptions s_options = new()
    {
        Encoder = PlainEncoder.Instance,
        Indented = true,
        IndentSize = 2,
        NewLine = "\n",
    };

    /// <summary>A definition as its file holds it: without a new line at the end.</summary>
    public static byte[] Write(Definition definition) => Write(writer => Write(writer, definition));

    /// <summary>JSON of mdevctl's looks: two spaces a level, without a new line at the end.</summary>
    public static byte[] Write(Action<Utf8JsonWriter> write)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(bytes, s_options))
            write(writer);
        return bytes.WrittenSpan.ToArray();
    }

    /// <summary>The object that a definition's file consists of, as a value in a larger text.</summary>
    public static void Write(Utf8JsonWriter writer, Definition definition)
    {
        writer.WriteStartObject();
        writer.WriteString("mdev_type", definition.Type);
        writer.WriteString("start", definition.IsAuto ? "auto" : "manual");
        writer.WriteStartArray("attrs");
        foreach (AttributeValue attribute in definition.Attributes)
        {
            writer.WriteStartObject();
            writer.WriteString(attribute.Name, attribute.Value);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
        foreach ((string name, JsonElement value) in definition.Others)
        {
            writer.WritePropertyName(name);
            value.WriteTo(writer);
        }
        writer.WriteEndObject();
    }
}
