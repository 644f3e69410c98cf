using System.CommandLine;
using System.Reflection;

namespace Mdev.Tool.Verbs;

/// <summary><c>completion</c>: the script that makes a shell complete the tool's words.</summary>
internal sealed class CompletionVerb : Verb
{
    private readonly Surroundings _surroundings;
    private readonly Argument<string> _shell = new("SHELL") { Description = "bash, zsh or fish." };

    public CompletionVerb(Surroundings surroundings)
        : base(
            "completion",
            "Print a script that makes a shell complete verbs, options, UUIDs, types and parents.",
            "",
            "completion bash > ~/.local/share/bash-completion/completions/dotnet-mdev",
            "completion fish > ~/.config/fish/completions/dotnet-mdev.fish")
    {
        _surroundings = surroundings;
        _shell.AcceptOnlyFromAmong("bash", "zsh", "fish");
        Arguments.Add(_shell);
    }

    protected override async Task<int> RunAsync(ParseResult parsed, CancellationToken cancel)
    {
        using Stream stream = Assembly.GetExecutingAssembly().GetManifestResourceStream($"completion.{parsed.GetValue(_shell)}")!;
        using var reader = new StreamReader(stream);
        _surroundings.Output.Write(await reader.ReadToEndAsync(cancel).ConfigureAwait(false));
        return 0;
    }
}
