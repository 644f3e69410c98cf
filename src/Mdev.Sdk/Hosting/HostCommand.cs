using System.CommandLine;
using System.Globalization;
using Mdev.Sdk.Export;
using Mdev.Sdk.VfioUser;

namespace Mdev.Sdk.Hosting;

/// <summary>The options that every host program has.</summary>
internal sealed class HostCommand : RootCommand
{
    public HostCommand(string description, IReadOnlyList<Option> options, IReadOnlyList<HostExtension> extensions)
        : base(description)
    {
        Extensions = [new VncExtension(), .. extensions];
        foreach (Option option in (IEnumerable<Option>)
            [Type, Uuid, SocketPath, Descriptor, Manage, ListTypes, ParentName, Trace, ResetOnClose, Bridge, Export, Poll,
             .. Extensions.Select(extension => extension.Option), .. options])
            Options.Add(option);

        // A host program is started by machines: what it is told, it takes literally.
        Directives.Clear();
    }

    /// <summary>What else the program offers.</summary>
    public IReadOnlyList<HostExtension> Extensions { get; }

    private static int Longest => (int)ServerOptions.LongestPoll.TotalMicroseconds;

    private static int Usual => (int)ServerOptions.Default.Poll.TotalMicroseconds;

    /// <summary>Without response files: a socket's path may begin with @.</summary>
    public ParseResult ParseLiterally(string[] args) =>
        Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });

    public Option<string?> Type { get; } = new("--type")
    {
        Description = "Type of the one instance, as --list-types shows it; the first one if not given.",
        HelpName = "TYPE",
    };

    public Option<Guid?> Uuid { get; } = new("--uuid")
    {
        Description = "UUID of the one instance; random if not given.",
        HelpName = "UUID",
        CustomParser = result =>
        {
            if (UuidText.TryParseExact(result.Tokens[0].Value, out Guid uuid))
                return uuid;
            result.AddError($"'{result.Tokens[0].Value}' is not a UUID in the form 8-4-4-4-12.");
            return null;
        },
    };

    public Option<string?> SocketPath { get; } = new("--socket-path")
    {
        Description = "Serve it on this socket; below the runtime directory if not given.",
        HelpName = "PATH",
    };

    public Option<int?> Descriptor { get; } = new("--fd")
    {
        Description = "Serve it on this open socket, listening or connected.",
        HelpName = "N",
        CustomParser = result =>
        {
            if (int.TryParse(result.Tokens[0].Value, NumberStyles.None, CultureInfo.InvariantCulture, out int descriptor))
                return descriptor;
            result.AddError($"--fd takes the number of an open descriptor, not '{result.Tokens[0].Value}'.");
            return null;
        },
    };

    public Option<bool> Manage { get; } = new("--manage")
    {
        Description = "No instance: publish the parent in the runtime directory, and create and remove on command.",
    };

    public Option<string?> ParentName { get; } = new("--name")
    {
        Description = "The parent's name, for several programs of one driver; the driver's if not given.",
        HelpName = "NAME",
    };

    public Option<bool> ResetOnClose { get; } = new("--reset-on-close")
    {
        Description = "Reset the device, its memory too, when its client has gone; otherwise the next one finds its state.",
    };

    public Option<MdevBridgeMode?> Bridge { get; } = new("--bridge")
    {
        Description = "Have devices on this host too: fuse, a folder of files each; cuse, a node below /dev each; off if not given.",
        HelpName = "KIND",
        CustomParser = result =>
        {
            switch (result.Tokens[0].Value)
            {
                case "off":
                    return MdevBridgeMode.Off;
                case "fuse":
                    return MdevBridgeMode.Fuse;
                case "cuse":
                    return MdevBridgeMode.Cuse;
                default:
                    result.AddError($"--bridge takes fuse, cuse or off, not '{result.Tokens[0].Value}'.");
                    return null;
            }
        },
    };

    public Option<bool> ListTypes { get; } = new("--list-types")
    {
        Description = "Print the types (id, available instances, device API, name) and end.",
    };

    public Option<bool> Trace { get; } = new("--trace")
    {
        Description = "Print every register access by name on standard error.",
    };

    public Option<ExportFormat?> Export { get; } = new("--export")
    {
        Description = "Write the type's register map on standard output and end: markdown, c-header, svd or rdl.",
        HelpName = "FORMAT",
        CustomParser = result =>
        {
            switch (result.Tokens[0].Value)
            {
                case "markdown":
                    return ExportFormat.Markdown;
                case "c-header":
                    return ExportFormat.CHeader;
                case "svd":
                    return ExportFormat.Svd;
                case "rdl":
                    return ExportFormat.Rdl;
                default:
                    result.AddError($"--export writes markdown, c-header, svd or rdl, not '{result.Tokens[0].Value}'.");
                    return null;
            }
        },
    };

    public Option<TimeSpan?> Poll { get; } = new("--poll")
    {
        Description = string.Create(
            CultureInfo.InvariantCulture,
            $"Poll for a client's next message for up to this long before sleeping: 0 (never) to {Longest}; {Usual} if not given."),
        HelpName = "MICROSECONDS",
        CustomParser = result =>
        {
            if (int.TryParse(result.Tokens[0].Value, NumberStyles.None, CultureInfo.InvariantCulture, out int time) && time <= Longest)
                return TimeSpan.FromMicroseconds(time);
            result.AddError(string.Create(
                CultureInfo.InvariantCulture, $"--poll takes 0 to {Longest} microseconds, not '{result.Tokens[0].Value}'."));
            return null;
        },
    };

    /// <summary>What the parser cannot see: options that exclude each other, a type that no parent has.</summary>
    public string? WrongValue(ParseResult parsed, IReadOnlyList<MdevParent> parents)
    {
        Option[] given = [.. new Option[] { Export, Manage, SocketPath, Descriptor }.Where(o => IsGiven(parsed, o))];
        if (given.Length > 1)
            return $"{given[0].Name} and {given[1].Name} exclude each other.";
        if (parsed.GetValue(Manage) && (IsGiven(parsed, Type) || IsGiven(parsed, Uuid)))
            return "--manage makes no instance, so --type and --uuid have nothing to say.";

        if (parsed.GetValue(SocketPath) is "")
            return "--socket-path takes a path, not an empty text.";

        if (parsed.GetValue(ParentName) is { } name)
        {
            if (parents.Count > 1)
                return $"--name is for a program with one parent; this one has {string.Join(", ", parents.Select(p => p.Name))}.";
            if (!MdevBuilder.IsFileName(name))
                return $"--name takes the name of a file, not '{name}'.";
        }

        string? type = parsed.GetValue(Type);
        IEnumerable<string> known = parents.SelectMany(p => p.Types).Select(t => t.Id).Distinct();
        return type is null || known.Contains(type) ? null : $"There is no type {type}; the types are {string.Join(", ", known)}.";
    }

    /// <summary>The type that the options ask for: the first one of the first parent if they do not.</summary>
    public MdevType TypeOf(ParseResult parsed, IReadOnlyList<MdevParent> parents) =>
        parsed.GetValue(Type) is { } id
            ? parents.SelectMany(p => p.Types).First(t => t.Id == id)
            : parents[0].Types[0];

    private static bool IsGiven(ParseResult parsed, Option option) => parsed.GetResult(option) is { Implicit: false };
}
