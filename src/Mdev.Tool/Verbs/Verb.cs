using System.CommandLine;

namespace Mdev.Tool.Verbs;

/// <summary>One verb of <c>dotnet mdev</c>; a file each, listed in <see cref="AllVerbs"/>.</summary>
internal abstract class Verb : Command
{
    /// <param name="name">What is typed.</param>
    /// <param name="summary">A line, for the list of verbs.</param>
    /// <param name="details">The rest that its own help says; may be empty.</param>
    /// <param name="examples">Whole command lines behind <c>dotnet mdev</c>, for <c>--help</c>.</param>
    protected Verb(string name, string summary, string details, params string[] examples)
        : base(name, summary)
    {
        (Details, Examples) = (details, examples);
        SetAction(async (parsed, cancel) =>
        {
            if (Wrong(parsed) is { } mistake)
                throw new UsageException(mistake, this);
            return await RunAsync(parsed, cancel).ConfigureAwait(false);
        });
    }

    /// <summary>What its own help says beside the summary; may be empty.</summary>
    public string Details { get; }

    /// <summary>Whole command lines behind <c>dotnet mdev</c>.</summary>
    public IReadOnlyList<string> Examples { get; }

    /// <summary>What the parser cannot see: options that exclude each other, or need each other.</summary>
    /// <returns>A sentence, or <see langword="null"/> if nothing is wrong.</returns>
    protected virtual string? Wrong(ParseResult parsed) => null;

    /// <summary>Does it.</summary>
    /// <returns>The exit status.</returns>
    /// <exception cref="Sdk.MdevException">Status 1, with its errno and sentence on standard error.</exception>
    protected abstract Task<int> RunAsync(ParseResult parsed, CancellationToken cancel);

    /// <summary>Whether an option is on the command line.</summary>
    protected static bool IsGiven(ParseResult parsed, Option option) => parsed.GetResult(option) is { Implicit: false };
}
