using System.Text;
using System.Text.Json;

namespace Mdev.Sdk.Management;

/// <summary>Reads a definition's file, which people edit by hand: whatever is wrong is named with its line.</summary>
internal static class DefinitionReader
{
    /// <summary>A definition has some hundred bytes; more is another kind of file.</summary>
    public const int MaxSize = 1 << 20;

    /// <summary>Reads a definition.</summary>
    /// <param name="path">The file it comes from, for messages.</param>
    /// <param name="parent">The parent it is for.</param>
    /// <param name="uuid">The UUID it is for.</param>
    /// <param name="text">The file's bytes.</param>
    /// <exception cref="MdevException">EINVAL: it is none; file, line and mistake are named.</exception>
    public static Definition Read(string path, string parent, Guid uuid, ReadOnlySpan<byte> text)
    {
        // Editors of other systems put it there; RFC 8259 section 8.1 allows to ignore it.
        if (text.StartsWith(Encoding.UTF8.Preamble))
            text = text[Encoding.UTF8.Preamble.Length..];

        var reader = new Utf8JsonReader(text);
        try
        {
            return Read(ref reader, parent, uuid);
        }
        catch (JsonException e)
        {
            // .NET appends the place, counted from 0.
            string what = e.Message.Split(" LineNumber:")[0];
            throw Wrong(path, (int)(e.LineNumber ?? 0) + 1, text.IsEmpty ? "The file is empty." : what);
        }
        catch (WrongException e)
        {
            throw Wrong(path, 1 + text[..(int)reader.TokenStartIndex].Count((byte)'\n'), e.Message);
        }
        catch (InvalidOperationException)
        {
            throw Wrong(path, 1 + text[..(int)reader.TokenStartIndex].Count((byte)'\n'), "The text is not UTF-8.");
        }
    }

    private static Definition Read(ref Utf8JsonReader reader, string parent, Guid uuid)
    {
        string? type = null, start = null;
        List<AttributeValue>? attributes = null;
        List<KeyValuePair<string, JsonElement>> others = [];

        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
            throw new WrongException("A definition is an object: {\"mdev_type\": …, \"start\": …, \"attrs\": […]}.");
        while (Next(ref reader) != JsonTokenType.EndObject)
        {
            string name = reader.GetString()!;
            if (name == "mdev_type")
                type = Once(type, name, ref reader);
            else if (name == "start")
                start = Once(start, name, ref reader);
            else if (name != "attrs")
                others.Add(new(name, Element(ref reader)));
            else if (attributes is null)
                attributes = Attributes(ref reader);
            else
                throw new WrongException("\"attrs\" is there twice.");
            if (start is not (null or "auto" or "manual"))
                throw new WrongException($"\"start\" is \"auto\" or \"manual\", not \"{start}\".");
        }

        if (string.IsNullOrEmpty(type))
            throw new WrongException("\"mdev_type\" is missing.");
        if (start is null)
            throw new WrongException("\"start\" is missing; it is \"auto\" or \"manual\".");
        while (reader.Read())
        {
            // Reports what stands behind the object.
        }
        return new Definition(parent, uuid, type, start == "auto", attributes ?? [], others);
    }

    private static string Once(string? before, string name, ref Utf8JsonReader reader)
    {
        if (before is not null)
            throw new WrongException($"\"{name}\" is there twice.");
        return Text(ref reader, $"\"{name}\"");
    }

    private static List<AttributeValue> Attributes(ref Utf8JsonReader reader)
    {
        const string Shape = "\"attrs\" is a list of objects with one member each: [{\"NAME\": \"VALUE\"}, …].";
        List<AttributeValue> attributes = [];
        if (Next(ref reader) != JsonTokenType.StartArray)
            throw new WrongException(Shape);
        while (Next(ref reader) != JsonTokenType.EndArray)
        {
            if (reader.TokenType != JsonTokenType.StartObject || Next(ref reader) != JsonTokenType.PropertyName)
                throw new WrongException(Shape);
            string name = reader.GetString()!;
            attributes.Add(new AttributeValue(name, Text(ref reader, $"The value of the attribute \"{name}\"")));
            if (Next(ref reader) != JsonTokenType.EndObject)
                throw new WrongException(Shape);
        }
        return attributes;
    }

    private static string Text(ref Utf8JsonReader reader, string what) =>
        Next(ref reader) == JsonTokenType.String
            ? reader.GetString()!
            : throw new WrongException($"{what} is a text in quotation marks.");

    private static JsonElement Element(ref Utf8JsonReader reader)
    {
        Next(ref reader);
        using JsonDocument document = JsonDocument.ParseValue(ref reader);
        return document.RootElement.Clone();
    }

    private static JsonTokenType Next(ref Utf8JsonReader reader)
    {
        reader.Read();
        return reader.TokenType;
    }

    private static MdevException Wrong(string path, int line, string what) =>
        new(Errno.EINVAL, FormattableString.Invariant($"{path}, line {line}: {what}"));

    // Where it is thrown the reader stands on what is wrong.
    private sealed class WrongException(string message) : Exception(message);
}
