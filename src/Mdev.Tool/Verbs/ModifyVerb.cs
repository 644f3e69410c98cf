using System.CommandLine;
using Mdev.Sdk;
using Mdev.Sdk.Management;
using Mdev.Sdk.Management.Control;
using Mdev.Sdk.Management.Control.Messages;

namespace Mdev.Tool.Verbs;

/// <summary><c>modify</c>: changes a definition, a device that runs, or both.</summary>
internal sealed class ModifyVerb : Verb
{
    private readonly Surroundings _surroundings;
    private readonly Option<Guid?> _uuid;
    private readonly Option<string?> _parent;
    private readonly Option<string?> _type;
    private readonly Option<string[]> _addAttribute = new("--addattr")
    {
        Description = "Add an attribute, with the --value behind it; may be given several times, in this order.",
        HelpName = "NAME",
    };
    private readonly Option<string[]> _value = new("--value") { Description = "What the attribute is set to.", HelpName = "VALUE" };
    private readonly Option<bool> _deleteAttribute = new("--delattr") { Description = "Delete the attribute at --index, or the last one." };
    private readonly Option<int?> _index = new("--index", "-i")
    {
        Description = "Where to add or delete, counted from 0 as list -d -v shows it; the end if not given.",
        HelpName = "INDEX",
    };
    private readonly Option<bool> _auto = new("--auto", "-a") { Description = "Start it when its parent appears." };
    private readonly Option<bool> _manual = new("--manual", "-m") { Description = "Start it on command only." };
    private readonly Option<bool> _live = new("--live", "-l")
    {
        Description = "Set the attributes of the device that runs, all or none; the definition is left alone unless --defined is given.",
    };
    private readonly Option<bool> _defined = new("--defined", "-d") { Description = "With --live: change the definition too." };
    private readonly Option<string?> _jsonFile =
        DeviceOptions.JsonFile("Take type, start mode and all attributes from a file in the form of a definition.");

    public ModifyVerb(Surroundings surroundings)
        : base(
            "modify",
            "Change the definition of a device, or with --live the device itself.",
            "With --live the attributes are set all or none; with --live --defined the definition follows if the device took them.",
            "modify -u UUID --auto",
            "modify -u UUID --addattr vendor/loopback --value 1 --addattr vendor/speed --value 9600",
            "modify -u UUID --live --defined --addattr vendor/loopback --value 0",
            "modify -u UUID --delattr --index 0")
    {
        _surroundings = surroundings;
        _uuid = DeviceOptions.Uuid(surroundings, "Its UUID.", isRequired: true);
        _parent = DeviceOptions.Parent(surroundings, "Its parent, if the UUID is defined under several.");
        _type = DeviceOptions.Type(surroundings, "Its new type.");
        foreach (Option option in (Option[])[_uuid, _parent, _type, _addAttribute, _value, _deleteAttribute, _index, _auto, _manual,
            _live, _defined, _jsonFile, DeviceOptions.Force()])
        {
            Options.Add(option);
        }
    }

    protected override string? Wrong(ParseResult parsed)
    {
        Option[] changes = [.. new Option[] { _auto, _manual, _addAttribute, _deleteAttribute, _type, _jsonFile }.Where(o => IsGiven(parsed, o))];
        if (changes.Length == 0)
            return "Nothing is to be changed: --auto, --manual, --type, --addattr, --delattr or --jsonfile is needed.";
        if (IsGiven(parsed, _jsonFile) && changes.Length > 1)
            return "--jsonfile says everything, so it excludes --auto, --manual, --type, --addattr and --delattr.";
        if (parsed.GetValue(_auto) && parsed.GetValue(_manual))
            return "--auto and --manual exclude each other.";
        if (parsed.GetValue(_deleteAttribute) && IsGiven(parsed, _addAttribute))
            return "--addattr and --delattr exclude each other.";

        int names = parsed.GetValue(_addAttribute)?.Length ?? 0, values = parsed.GetValue(_value)?.Length ?? 0;
        if (names != values)
            return "Each --addattr needs a --value.";
        if (IsGiven(parsed, _index) && names != 1 && !parsed.GetValue(_deleteAttribute))
            return "--index goes with --delattr or one --addattr.";
        if (parsed.GetValue(_live) && !parsed.GetValue(_defined) && changes.Any(c => c != _addAttribute && c != _jsonFile))
            return "--live sets attributes (--addattr, --jsonfile); what else is to change is the definition's, which takes --defined.";
        return parsed.GetValue(_live) && names == 0 && !IsGiven(parsed, _jsonFile) ? "--live needs --addattr or --jsonfile." : null;
    }

    protected override async Task<int> RunAsync(ParseResult parsed, CancellationToken cancel)
    {
        bool isLive = parsed.GetValue(_live), changesDefinition = !isLive || parsed.GetValue(_defined);

        // First what is found wrong without changing anything, then the device, which may refuse; the definition last.
        Definition? changed = changesDefinition ? Changed(parsed, Defined(parsed)) : null;
        if (isLive)
            await ModifyLiveAsync(parsed, cancel).ConfigureAwait(false);
        if (changed is not null)
            _surroundings.Definitions.Save(changed);
        return 0;
    }

    private Definition Defined(ParseResult parsed)
    {
        Guid uuid = parsed.GetValue(_uuid)!.Value;
        string? parent = parsed.GetValue(_parent);
        string[] parents = [.. _surroundings.Definitions.ParentsOf(uuid).Where(p => parent is null || p == parent)];
        return parents switch
        {
            [] => throw new MdevException(Errno.ENOENT, $"Device {uuid} is not defined{(parent is null ? "" : $" under {parent}")}."),
            [var only] => _surroundings.Definitions.Find(only, uuid)
                ?? throw new MdevException(Errno.ENOENT, $"Device {uuid} is not defined under {only} any more."),
            _ => throw new MdevException(Errno.EINVAL,
                $"Device {uuid} is defined under several parents, {string.Join(" and ", parents)}; say which with --parent."),
        };
    }

    private Definition Changed(ParseResult parsed, Definition definition)
    {
        if (parsed.GetValue(_jsonFile) is { } file)
            return DefinitionStore.ReadFile(file, definition.Parent, definition.Uuid);

        List<AttributeValue> attributes = [.. definition.Attributes];
        int? index = parsed.GetValue(_index);
        if (parsed.GetValue(_deleteAttribute))
            attributes.RemoveAt(Checked(index ?? attributes.Count - 1, attributes.Count - 1));
        attributes.InsertRange(Checked(index is { } i && !parsed.GetValue(_deleteAttribute) ? i : attributes.Count, attributes.Count), Added(parsed));
        return definition with
        {
            Type = parsed.GetValue(_type) ?? definition.Type,
            IsAuto = parsed.GetValue(_auto) || (definition.IsAuto && !parsed.GetValue(_manual)),
            Attributes = attributes,
        };
    }

    private static int Checked(int index, int last) => index >= 0 && index <= last
        ? index
        : throw new MdevException(Errno.EINVAL, last < 0 ? "There is no attribute to delete." : $"The attribute index {index} is not one of 0 to {last}.");

    private AttributeValue[] Added(ParseResult parsed) =>
        [.. (parsed.GetValue(_addAttribute) ?? []).Zip(parsed.GetValue(_value) ?? [], (name, value) => new AttributeValue(name, value))];

    private async Task ModifyLiveAsync(ParseResult parsed, CancellationToken cancel)
    {
        Guid uuid = parsed.GetValue(_uuid)!.Value;
        (ControlClient client, InstanceInfo instance) = await _surroundings.Hosts.OfInstanceAsync(uuid, cancel).ConfigureAwait(false);
        using (client)
        {
            if (parsed.GetValue(_parent) is { } parent && parent != instance.Parent)
                throw new MdevException(Errno.ENODEV, $"Device {uuid} is active, but on {instance.Parent}.");
            IReadOnlyList<AttributeValue> attributes = Added(parsed);
            if (parsed.GetValue(_jsonFile) is { } file)
            {
                Definition wanted = DefinitionStore.ReadFile(file, instance.Parent, uuid);
                if (wanted.Type != instance.Type)
                    throw new MdevException(Errno.EINVAL, $"Device {uuid} is a {instance.Type}, and {file} is for a {wanted.Type}.");
                attributes = wanted.Attributes;
            }
            await client.CallAsync(ControlVerbs.Set, new SetArguments(attributes, Uuid: uuid), cancel).ConfigureAwait(false);
        }
    }
}
