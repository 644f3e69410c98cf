using System.Text.Json;

namespace Mdev.Tool.Output;

/// <summary>mdevctl's shape for many: <c>[{"PARENT":[{…},{…}],"PARENT":[…]}]</c>, or <c>[]</c>.</summary>
internal static class ByParent
{
    /// <summary>Writes it.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="items">The items of each parent.</param>
    /// <param name="write">Writes one item as the only member of an object that is open.</param>
    public static void Write<T>(Utf8JsonWriter writer, ILookup<string, T> items, Action<Utf8JsonWriter, T> write)
    {
        writer.WriteStartArray();
        if (items.Count > 0)
        {
            writer.WriteStartObject();
            foreach (IGrouping<string, T> parent in items)
            {
                writer.WriteStartArray(parent.Key);
                foreach (T item in parent)
                {
                    writer.WriteStartObject();
                    write(writer, item);
                    writer.WriteEndObject();
                }
                writer.WriteEndArray();
            }
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
    }
}
