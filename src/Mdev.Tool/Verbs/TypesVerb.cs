using System.CommandLine;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Mdev.Sdk.Management;
using Mdev.Sdk.Management.Control;
using Mdev.Sdk.Management.Control.Messages;
using Mdev.Tool.Output;

namespace Mdev.Tool.Verbs;

/// <summary><c>types</c>: what can be started, by parent.</summary>
internal sealed class TypesVerb : Verb
{
    private readonly Surroundings _surroundings;
    private readonly Option<string?> _parent;
    private readonly Option<bool> _dumpJson = DeviceOptions.DumpJson("Print them as JSON, in mdevctl's shape.");

    public TypesVerb(Surroundings surroundings)
        : base("types", "List the types that parents offer.", "", "types", "types -p mtty --dumpjson")
    {
        _surroundings = surroundings;
        _parent = DeviceOptions.Parent(surroundings, "Only those of this parent.");
        Options.Add(_parent);
        Options.Add(_dumpJson);
    }

    protected override async Task<int> RunAsync(ParseResult parsed, CancellationToken cancel)
    {
        var answers = await _surroundings.Hosts
            .AskAllAsync(ControlVerbs.Types, new TypesArguments(parsed.GetValue(_parent)), cancel).ConfigureAwait(false);
        ILookup<string, TypeInfo> types = answers.SelectMany(a => a.Answer.Types)
            .OrderBy(t => t.Parent, StringComparer.Ordinal).ThenBy(t => t.Id, StringComparer.Ordinal).ToLookup(t => t.Parent);

        if (parsed.GetValue(_dumpJson))
            _surroundings.Output.Write(Encoding.UTF8.GetString(DefinitionJson.Write(w => WriteJson(w, types))));
        else if (Surroundings.IsForPeople)
            PrintTable(types);
        else
            PrintLines(types);
        return 0;
    }

    private static void WriteJson(Utf8JsonWriter writer, ILookup<string, TypeInfo> types) =>
        ByParent.Write(writer, types, WriteJson);

    private static void WriteJson(Utf8JsonWriter writer, TypeInfo type)
    {
        writer.WriteStartObject(type.Id);
        writer.WriteNumber("available_instances", type.AvailableInstances);
        writer.WriteString("device_api", type.DeviceApi);
        writer.WriteString("name", type.Name);
        if (type.Description is { } description)
            writer.WriteString("description", OnOneLine(description));
        writer.WriteEndObject();
    }

    private void PrintTable(ILookup<string, TypeInfo> types) => TextTable.Print(
        _surroundings,
        ["Parent", "Type", "Available", "API", "Name", "Description"],
        types.SelectMany(p => p).Select(t => (string[])
        [
            t.Parent, t.Id, t.AvailableInstances.ToString(CultureInfo.InvariantCulture), t.DeviceApi, t.Name, OnOneLine(t.Description ?? ""),
        ]));

    private void PrintLines(ILookup<string, TypeInfo> types)
    {
        TextWriter output = _surroundings.Output;
        foreach (IGrouping<string, TypeInfo> parent in types)
        {
            output.WriteLine(parent.Key);
            foreach (TypeInfo type in parent)
            {
                output.WriteLine($"  {type.Id}");
                output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"    Available instances: {type.AvailableInstances}"));
                output.WriteLine($"    Device API: {type.DeviceApi}");
                output.WriteLine($"    Name: {type.Name}");
                if (type.Description is { } description)
                    output.WriteLine($"    Description: {OnOneLine(description)}");
            }
        }
    }

    // As mdevctl does it, ecosystem notes: new lines within a description become commas.
    private static string OnOneLine(string text) => text.Trim('\n').Replace("\n", ", ", StringComparison.Ordinal);
}
