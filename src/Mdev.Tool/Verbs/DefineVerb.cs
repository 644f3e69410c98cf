using System.CommandLine;
using Mdev.Sdk;
using Mdev.Sdk.Management;
using Mdev.Sdk.Management.Control.Messages;

namespace Mdev.Tool.Verbs;

/// <summary><c>define</c>: writes down a device, so that it can be started by its UUID, or starts with its parent.</summary>
internal sealed class DefineVerb : Verb
{
    private readonly Surroundings _surroundings;
    private readonly Option<Guid?> _uuid;
    private readonly Option<string?> _parent;
    private readonly Option<string?> _type;
    private readonly Option<bool> _auto = new("--auto", "-a") { Description = "Start it when its parent appears." };
    private readonly Option<string?> _jsonFile = DeviceOptions.JsonFile("Type, start mode and attributes, in the form of a definition's file.");

    public DefineVerb(Surroundings surroundings)
        : base(
            "define",
            "Define a device, so that it can be started by its UUID or starts with its parent.",
            "The parent need not be there. A device that is active is not affected; its parent, type and attributes are taken where none are given.",
            "define -p mtty -t mtty-2 --auto", "define -u UUID", "define -p mtty --jsonfile device.json")
    {
        _surroundings = surroundings;
        _uuid = DeviceOptions.Uuid(surroundings, "Its UUID; a random one, which is printed, if not given.");
        _parent = DeviceOptions.Parent(surroundings, "Its parent.");
        _type = DeviceOptions.Type(surroundings, "Its type.");
        foreach (Option option in (Option[])[_uuid, _auto, _parent, _type, _jsonFile, DeviceOptions.Force()])
            Options.Add(option);
    }

    protected override string? Wrong(ParseResult parsed)
    {
        if (IsGiven(parsed, _jsonFile) && (IsGiven(parsed, _type) || IsGiven(parsed, _auto)))
            return "--jsonfile says type and start mode, so --type and --auto have nothing to say.";
        return IsGiven(parsed, _uuid) || IsGiven(parsed, _parent) ? null : "--uuid of a device that runs, or --parent is needed.";
    }

    protected override async Task<int> RunAsync(ParseResult parsed, CancellationToken cancel)
    {
        Guid? given = parsed.GetValue(_uuid);
        Definition definition = await WantedAsync(parsed, given, cancel).ConfigureAwait(false);
        _surroundings.Definitions.Add(definition);
        if (given is null)
            _surroundings.Output.WriteLine(definition.Uuid);
        return 0;
    }

    private async Task<Definition> WantedAsync(ParseResult parsed, Guid? given, CancellationToken cancel)
    {
        Guid uuid = given ?? Guid.NewGuid();
        string? parent = parsed.GetValue(_parent), type = parsed.GetValue(_type);
        bool isAuto = parsed.GetValue(_auto);
        if (parsed.GetValue(_jsonFile) is { } file)
        {
            parent ??= (await ActiveAsync(given, cancel).ConfigureAwait(false))?.Parent ?? throw NoParent(uuid);
            return DefinitionStore.ReadFile(file, parent, uuid);
        }
        if (parent is not null && type is not null)
            return new Definition(parent, uuid, type, isAuto);

        InstanceInfo? active = await ActiveAsync(given, cancel).ConfigureAwait(false);
        if (active is null && parent is null)
            throw NoParent(uuid);
        type ??= active?.Type ?? throw new MdevException(Errno.EINVAL, "No type is given, and no device with this UUID is active that has one.");
        parent ??= active!.Parent;

        // Those of a device of another type may mean nothing.
        return new Definition(parent, uuid, type, isAuto, type == active?.Type ? active.Attributes : null);
    }

    private async Task<InstanceInfo?> ActiveAsync(Guid? uuid, CancellationToken cancel) => uuid is not null
        && await _surroundings.Hosts.InstancesAsync(uuid, withAttributes: true, cancel).ConfigureAwait(false) is [var active, ..] ? active : null;

    private static MdevException NoParent(Guid uuid) =>
        new(Errno.ENODEV, $"No parent is given, and device {uuid}, which would have one, is not active.");
}
