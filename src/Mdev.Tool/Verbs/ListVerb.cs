using System.CommandLine;
using System.Globalization;
using System.Text;
using Mdev.Sdk;
using Mdev.Sdk.Management;
using Mdev.Sdk.Management.Control.Messages;
using Mdev.Tool.Output;

namespace Mdev.Tool.Verbs;

/// <summary><c>list</c>: the devices that run, or those that are defined.</summary>
internal sealed class ListVerb : Verb
{
    private readonly Surroundings _surroundings;
    private readonly Option<bool> _defined = new("--defined", "-d") { Description = "Those that are defined, whether they run or not." };
    private readonly Option<bool> _verbose = new("--verbose", "-v") { Description = "With their attributes." };
    private readonly Option<Guid?> _uuid;
    private readonly Option<string?> _parent;
    private readonly Option<bool> _dumpJson =
        DeviceOptions.DumpJson("Print them as JSON, in mdevctl's shape; with --uuid and one device, in that of its file.");

    public ListVerb(Surroundings surroundings)
        : base("list", "List the devices that are active, or those that are defined.", "", "list", "list -d -v", "list -d -u UUID --dumpjson")
    {
        _surroundings = surroundings;
        _uuid = DeviceOptions.Uuid(surroundings, "Only this one.");
        _parent = DeviceOptions.Parent(surroundings, "Only those of this parent.");
        foreach (Option option in (Option[])[_defined, _verbose, _uuid, _parent, _dumpJson])
            Options.Add(option);
    }

    protected override async Task<int> RunAsync(ParseResult parsed, CancellationToken cancel)
    {
        bool wantsDefined = parsed.GetValue(_defined), wantsJson = parsed.GetValue(_dumpJson), isVerbose = parsed.GetValue(_verbose);
        Guid? uuid = parsed.GetValue(_uuid);
        string? parent = parsed.GetValue(_parent);

        DefinitionList defined = _surroundings.Definitions.Read(parent);
        foreach (DefinitionProblem problem in defined.Problems)
            _surroundings.Warn(problem.Message);
        IReadOnlyList<InstanceInfo> active = await _surroundings.Hosts
            .InstancesAsync(uuid, withAttributes: !wantsDefined && (wantsJson || isVerbose), cancel).ConfigureAwait(false);

        Row[] rows = wantsDefined
            ? [.. defined.Definitions.Where(d => uuid is null || d.Uuid == uuid)
                .Select(d => new Row(d, active.FirstOrDefault(i => i.Uuid == d.Uuid && i.Parent == d.Parent)))]
            : [.. active.Where(i => parent is null || i.Parent == parent).Select(i => Active(i, defined.Definitions))];

        if (wantsJson)
            _surroundings.Output.Write(Encoding.UTF8.GetString(Json(rows, uuid)));
        else if (Surroundings.IsForPeople && !isVerbose)
            PrintTable(rows, wantsDefined);
        else
            PrintLines(rows, wantsDefined, isVerbose);
        return 0;
    }

    private static Row Active(InstanceInfo instance, IReadOnlyList<Definition> definitions)
    {
        Definition? definition = definitions.FirstOrDefault(d => d.Uuid == instance.Uuid && d.Parent == instance.Parent);
        return new Row(
            new Definition(instance.Parent, instance.Uuid, instance.Type, definition?.IsAuto ?? false, instance.Attributes),
            instance, definition is not null);
    }

    private static byte[] Json(Row[] rows, Guid? uuid) => uuid is not null && rows is [var single]
        ? DefinitionJson.Write(single.Device)
        : DefinitionJson.Write(writer => ByParent.Write(writer, rows.ToLookup(r => r.Device.Parent), (w, row) =>
        {
            w.WritePropertyName(row.Device.Uuid.ToString());
            DefinitionJson.Write(w, row.Device);
        }));

    private void PrintTable(Row[] rows, bool wantsDefined)
    {
        string last = wantsDefined ? "Active" : "Defined";
        TextTable.Print(_surroundings, ["UUID", "Parent", "Type", "Start", last, "Socket", "Client"], rows.Select(r => (string[])
        [
            r.Device.Uuid.ToString(), r.Device.Parent, r.Device.Type, r.Start,
            (wantsDefined ? r.Instance is not null : r.IsDefined) ? "yes" : "", r.Instance?.Socket ?? "", r.Instance?.Serving?.Client ?? "",
        ]));
    }

    private void PrintLines(Row[] rows, bool wantsDefined, bool isVerbose)
    {
        foreach (Row row in rows)
        {
            string mark = wantsDefined ? row.Instance is null ? "" : " (active)" : row.IsDefined ? " (defined)" : "";
            _surroundings.Output.WriteLine($"{row.Device.Uuid} {row.Device.Parent} {row.Device.Type} {row.Start}{mark}");
            if (!isVerbose || row.Device.Attributes.Count == 0)
                continue;
            _surroundings.Output.WriteLine("  Attrs:");
            foreach ((int index, AttributeValue attribute) in row.Device.Attributes.Index())
            {
                _surroundings.Output.WriteLine(string.Create(
                    CultureInfo.InvariantCulture, $"    @{{{index}}}: {{\"{attribute.Name}\":\"{attribute.Value}\"}}"));
            }
        }
    }

    private sealed record Row(Definition Device, InstanceInfo? Instance, bool IsDefined = true)
    {
        public string Start => Device.IsAuto ? "auto" : "manual";
    }
}
