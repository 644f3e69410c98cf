using System.CommandLine;
using Mdev.Sdk;
using Mdev.Sdk.Management;

namespace Mdev.Tool.Verbs;

/// <summary><c>undefine</c>: removes definitions.</summary>
internal sealed class UndefineVerb : Verb
{
    private readonly Surroundings _surroundings;
    private readonly Option<Guid?> _uuid;
    private readonly Option<string?> _parent;

    public UndefineVerb(Surroundings surroundings)
        : base(
            "undefine",
            "Remove the definition of a device.",
            "All that have the UUID are removed, unless a parent is given. Devices that are active are not affected.",
            "undefine -u UUID")
    {
        _surroundings = surroundings;
        _uuid = DeviceOptions.Uuid(surroundings, "Its UUID.", isRequired: true);
        _parent = DeviceOptions.Parent(surroundings, "Only that of this parent.");
        foreach (Option option in (Option[])[_uuid, _parent, DeviceOptions.Force()])
            Options.Add(option);
    }

    protected override Task<int> RunAsync(ParseResult parsed, CancellationToken cancel)
    {
        Guid uuid = parsed.GetValue(_uuid)!.Value;
        string[] parents = [.. _surroundings.Definitions.ParentsOf(uuid).Where(p => parsed.GetValue(_parent) is not { } wanted || p == wanted)];
        if (parents.Length == 0)
            throw new MdevException(Errno.ENOENT, $"Device {uuid} is not defined{(parsed.GetValue(_parent) is { } p ? $" under {p}" : "")}.");
        foreach (string parent in parents)
            _surroundings.Definitions.Remove(parent, uuid);
        return Task.FromResult(0);
    }
}
