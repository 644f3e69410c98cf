using System.Text.Json;

namespace Mdev.Sdk.Management;

/// <summary>A device that is to exist: mdevctl's configuration file. Immutable.</summary>
/// <param name="Parent">The parent's name; the folder that the file stands in.</param>
/// <param name="Uuid">The UUID; the file's name. It may be defined under several parents, of which one runs.</param>
/// <param name="Type">The type's id: <c>mtty-1</c>.</param>
/// <param name="IsAuto">Whether it starts when its parent appears.</param>
/// <param name="Attributes">Written one after the other when it has been made; a name may occur often.</param>
/// <param name="Others">Members of the file that are not known here, in their order; they are kept.</param>
internal sealed record Definition(
    string Parent,
    Guid Uuid,
    string Type,
    bool IsAuto,
    IReadOnlyList<AttributeValue> Attributes,
    IReadOnlyList<KeyValuePair<string, JsonElement>> Others)
{
    public Definition(string parent, Guid uuid, string type, bool isAuto = false, IReadOnlyList<AttributeValue>? attributes = null)
        : this(parent, uuid, type, isAuto, attributes ?? [], [])
    {
    }
}
