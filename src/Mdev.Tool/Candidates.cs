using System.CommandLine;
using Mdev.Sdk;
using Mdev.Sdk.Management.Control;
using Mdev.Sdk.Management.Control.Messages;

namespace Mdev.Tool;

/// <summary>What the shells complete: the UUIDs, types and parents that are there.</summary>
internal static class Candidates
{
    // A shell waits for this while somebody types.
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(1);

    /// <summary>Lets an option be completed by the UUIDs of instances and definitions.</summary>
    public static T WithUuids<T>(this T option, Surroundings surroundings) where T : Option => With(option, () => Uuids(surroundings));

    /// <summary>Lets an option be completed by the parents that are there or have definitions.</summary>
    public static T WithParents<T>(this T option, Surroundings surroundings) where T : Option => With(option, () => Parents(surroundings));

    /// <summary>Lets an option be completed by the types that are offered.</summary>
    public static T WithTypes<T>(this T option, Surroundings surroundings) where T : Option => With(option, () => Types(surroundings));

    /// <summary>The UUIDs of instances and definitions.</summary>
    public static IEnumerable<string> Uuids(Surroundings surroundings) =>
    [
        .. surroundings.Definitions.Read().Definitions.Select(d => d.Uuid.ToString()),
        .. Ask(surroundings, ControlVerbs.List, new ListArguments()).SelectMany(l => l.Instances).Select(i => i.Uuid.ToString()),
    ];

    private static IEnumerable<string> Parents(Surroundings surroundings) =>
    [
        .. surroundings.Definitions.Read().Definitions.Select(d => d.Parent),
        .. Ask(surroundings, ControlVerbs.Parents, Nothing.Instance).SelectMany(l => l.Parents).Select(p => p.Name),
    ];

    private static IEnumerable<string> Types(Surroundings surroundings) =>
        Ask(surroundings, ControlVerbs.Types, new TypesArguments()).SelectMany(l => l.Types).Select(t => t.Id);

    private static T With<T>(T option, Func<IEnumerable<string>> candidates)
        where T : Option
    {
        option.CompletionSources.Add(_ => candidates().Select(c => new System.CommandLine.Completions.CompletionItem(c)));
        return option;
    }

    private static IEnumerable<TAnswer> Ask<TArguments, TAnswer>(
        Surroundings surroundings, ControlVerb<TArguments, TAnswer> verb, TArguments arguments)
        where TArguments : class
        where TAnswer : class
    {
        using var deadline = new CancellationTokenSource(s_patience);
        try
        {
            // A line about a host that does not answer would stand in the middle of what is typed.
            var hosts = new Hosts.HostProcesses(surroundings.RuntimeDirectory, _ => { });
            return [.. hosts.AskAllAsync(verb, arguments, deadline.Token).GetAwaiter().GetResult().Select(a => a.Answer)];
        }
        catch (Exception e) when (e is MdevException or OperationCanceledException)
        {
            return [];
        }
    }
}
