using System.CommandLine;
using Mdev.Sdk;
using Mdev.Sdk.Management;
using Mdev.Sdk.Management.Control;
using Mdev.Sdk.Management.Control.Messages;

namespace Mdev.Tool.Verbs;

/// <summary><c>start</c>: makes a device, as it is defined or as the command line says.</summary>
internal sealed class StartVerb : Verb
{
    private readonly Surroundings _surroundings;
    private readonly Option<Guid?> _uuid;
    private readonly Option<string?> _parent;
    private readonly Option<string?> _type;
    private readonly Option<string?> _jsonFile = DeviceOptions.JsonFile("Type and attributes, in the form of a definition's file.");

    public StartVerb(Surroundings surroundings)
        : base(
            "start",
            "Start a device: one that is defined, by its UUID, or by parent and type one that is gone when it stops.",
            "Its attributes are set before anybody sees it; if one is refused, nothing has been started.",
            "start -u UUID", "start -p mtty -t mtty-2", "start -p mtty --jsonfile device.json")
    {
        _surroundings = surroundings;
        _uuid = DeviceOptions.Uuid(surroundings, "Its UUID; a random one, which is printed, if not given.");
        _parent = DeviceOptions.Parent(surroundings, "Its parent.");
        _type = DeviceOptions.Type(surroundings, "Its type.");
        foreach (Option option in (Option[])[_uuid, _parent, _type, _jsonFile, DeviceOptions.Force()])
            Options.Add(option);
    }

    protected override string? Wrong(ParseResult parsed)
    {
        if (IsGiven(parsed, _jsonFile) && IsGiven(parsed, _type))
            return "--jsonfile says the type, so --type has nothing to say.";
        if (IsGiven(parsed, _jsonFile) && !IsGiven(parsed, _parent))
            return "--jsonfile needs --parent.";
        return IsGiven(parsed, _uuid) || IsGiven(parsed, _parent) ? null : "--uuid of a device that is defined, or --parent and --type are needed.";
    }

    protected override async Task<int> RunAsync(ParseResult parsed, CancellationToken cancel)
    {
        Guid? given = parsed.GetValue(_uuid);
        Definition wanted = Wanted(parsed, given);
        await RefuseIfActiveAsync(wanted.Uuid, cancel).ConfigureAwait(false);

        using ControlClient client = await _surroundings.Hosts.OfParentAsync(wanted.Parent, cancel).ConfigureAwait(false);
        var arguments = new CreateArguments(wanted.Type, wanted.Uuid, wanted.Attributes);
        await client.CallAsync(ControlVerbs.Create, arguments, cancel).ConfigureAwait(false);
        if (given is null)
            _surroundings.Output.WriteLine(wanted.Uuid);
        return 0;
    }

    private Definition Wanted(ParseResult parsed, Guid? given)
    {
        Guid uuid = given ?? Guid.NewGuid();
        string? parent = parsed.GetValue(_parent), type = parsed.GetValue(_type);
        if (parsed.GetValue(_jsonFile) is { } file)
            return DefinitionStore.ReadFile(file, parent!, uuid);

        string[] parents = [.. _surroundings.Definitions.ParentsOf(uuid).Where(p => parent is null || p == parent)];
        if (parents.Length > 1)
        {
            throw new MdevException(Errno.EINVAL,
                $"Device {uuid} is defined under several parents, {string.Join(" and ", parents)}; say which with --parent.");
        }
        if (parents is [var only] && _surroundings.Definitions.Find(only, uuid) is { } defined)
        {
            return type is null || type == defined.Type
                ? defined
                : throw new MdevException(Errno.EINVAL, $"Device {uuid} is defined under {only} as a {defined.Type}, not a {type}.");
        }
        return parent is not null && type is not null
            ? new Definition(parent, uuid, type)
            : throw new MdevException(Errno.ENOENT,
                $"Device {uuid} is not defined{(parent is null ? "" : $" under {parent}")}, so --parent and --type are needed to start it.");
    }

    // A UUID is used once on the bus, which spans host processes here.
    private async Task RefuseIfActiveAsync(Guid uuid, CancellationToken cancel)
    {
        if (await _surroundings.Hosts.InstancesAsync(uuid, cancel: cancel).ConfigureAwait(false) is [var active, ..])
            throw new MdevException(Errno.EEXIST, $"Device {uuid} is active already, on {active.Parent} as a {active.Type}.");
    }
}
