using System.CommandLine;
using System.CommandLine.Completions;
using System.CommandLine.Parsing;

namespace Mdev.Tool.Verbs;

/// <summary>What several verbs have, under mdevctl's names.</summary>
internal static class DeviceOptions
{
    public static Option<Guid?> Uuid(Surroundings surroundings, string description, bool isRequired = false) =>
        new Option<Guid?>("--uuid", "-u")
        {
            Description = description,
            HelpName = "UUID",
            CustomParser = ParseUuid,
            Required = isRequired,
        }.WithUuids(surroundings);

    /// <summary>The UUID as the only word behind a verb that is ours alone.</summary>
    public static Argument<Guid?> UuidArgument(Surroundings surroundings, string description, bool isRequired = true)
    {
        var argument = new Argument<Guid?>("UUID")
        {
            Description = description,
            HelpName = "UUID",
            CustomParser = ParseUuid,
            Arity = isRequired ? ArgumentArity.ExactlyOne : ArgumentArity.ZeroOrOne,
        };
        argument.CompletionSources.Add(_ => Candidates.Uuids(surroundings).Select(c => new CompletionItem(c)));
        return argument;
    }

    public static Option<string?> Parent(Surroundings surroundings, string description) =>
        new Option<string?>("--parent", "-p") { Description = description, HelpName = "PARENT" }.WithParents(surroundings);

    public static Option<string?> Type(Surroundings surroundings, string description) =>
        new Option<string?>("--type", "-t") { Description = description, HelpName = "TYPE" }.WithTypes(surroundings);

    public static Option<string?> JsonFile(string description) =>
        new("--jsonfile") { Description = description, HelpName = "FILE" };

    public static Option<bool> DumpJson(string description) => new("--dumpjson") { Description = description };

    /// <summary>mdevctl overrules its callout scripts by it.</summary>
    public static Option<bool> Force() =>
        new("--force", "-f") { Description = "Taken for mdevctl's sake, where it overrules callout scripts; there are none here." };

    private static Guid? ParseUuid(ArgumentResult result)
    {
        if (result.Tokens is [var token] && Guid.TryParse(token.Value, out Guid uuid))
            return uuid;
        result.AddError($"'{string.Join(' ', result.Tokens.Select(t => t.Value))}' is not a UUID in the form 8-4-4-4-12.");
        return null;
    }
}
