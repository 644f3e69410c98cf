using System.CommandLine;
using System.CommandLine.Completions;

namespace Mdev.Tool;

/// <summary>What may stand at the end of a command line; the shells' scripts ask for it by <c>complete WORD…</c>.</summary>
internal static class Completion
{
    /// <summary>Prints the candidates, a line each.</summary>
    /// <param name="surroundings">Where to.</param>
    /// <param name="root">The verbs.</param>
    /// <param name="words">Behind the tool's name, up to the one to be completed, which may be empty.</param>
    /// <returns>0: a shell that completes wants no complaint.</returns>
    public static int Print(Surroundings surroundings, RootCommand root, string[] words)
    {
        string last = words is [.., var end] ? end : "";
        foreach (string candidate in Of(root, words is [.. var before, _] ? before : [], last))
            surroundings.Output.WriteLine(candidate);
        return 0;
    }

    private static IEnumerable<string> Of(RootCommand root, string[] before, string last)
    {
        ParseResult parsed = root.Parse(before, new ParserConfiguration { ResponseFileTokenReplacer = null });
        Command command = parsed.CommandResult.Command;
        IEnumerable<string> candidates;
        if (before is [.., var name] && FindOption(command, name) is { Arity.MinimumNumberOfValues: > 0 } option)
            candidates = Labels(option.GetCompletions(CompletionContext.Empty));
        else if (last.StartsWith('-'))
            candidates = command.Options.Where(o => !o.Hidden).Select(o => o.Name);
        else
            candidates = [.. command.Subcommands.Where(c => !c.Hidden).Select(c => c.Name), .. command.Arguments.SelectMany(a => Labels(a.GetCompletions(CompletionContext.Empty)))];

        // An option that needs no value is offered once there is nothing else to say.
        string[] found = [.. candidates.Where(c => c.StartsWith(last, StringComparison.Ordinal)).Distinct().Order(StringComparer.Ordinal)];
        return found.Length > 0 || last.Length > 0 || command.Subcommands.Count > 0
            ? found
            : command.Options.Where(o => !o.Hidden).Select(o => o.Name).Order(StringComparer.Ordinal);
    }

    private static Option? FindOption(Command command, string name) =>
        command.Options.FirstOrDefault(o => o.Name == name || o.Aliases.Contains(name));

    private static IEnumerable<string> Labels(IEnumerable<CompletionItem> items) => items.Select(i => i.Label);
}
