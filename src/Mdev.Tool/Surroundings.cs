using Mdev.Sdk.Hosting;
using Mdev.Sdk.Management;
using Mdev.Tool.Hosts;
using Spectre.Console;

namespace Mdev.Tool;

/// <summary>What a verb works with: where things are, and where its words go.</summary>
/// <param name="output">Standard output: what was asked for.</param>
/// <param name="error">Standard error: what went wrong, and progress.</param>
internal sealed class Surroundings(TextWriter output, TextWriter error)
{
    /// <summary>Standard output.</summary>
    public TextWriter Output { get; } = output;

    /// <summary>The runtime directory.</summary>
    public string RuntimeDirectory { get; } = Sdk.Hosting.RuntimeDirectory.Path;

    /// <summary>The definitions, shared with mdevctl.</summary>
    public DefinitionStore Definitions { get; } = new(DefinitionStore.DefaultFolder);

    /// <summary>The host processes of the runtime directory.</summary>
    public HostProcesses Hosts => field ??= new HostProcesses(RuntimeDirectory, Warn);

    /// <summary>Whether somebody looks at standard output, so that tables and colours help.</summary>
    public static bool IsForPeople => !Console.IsOutputRedirected && !HasNoColor;

    /// <summary>Whether somebody looks at standard error.</summary>
    public static bool IsWatched => !Console.IsErrorRedirected && !HasNoColor;

    /// <summary>Tables.</summary>
    public IAnsiConsole Screen => field ??= AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Output) });

    /// <summary>Progress.</summary>
    public IAnsiConsole ErrorScreen => field ??= AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(error) });

    // https://no-color.org: whatever its value, unless it is empty.
    private static bool HasNoColor => Environment.GetEnvironmentVariable("NO_COLOR") is { Length: > 0 };

    /// <summary>A line on standard error about something that does not stop the verb.</summary>
    public void Warn(string message) => Tell($"warning: {message}");

    /// <summary>A line on standard error.</summary>
    public void Tell(string message) => error.WriteLine($"dotnet-mdev: {message.ReplaceLineEndings(" ")}");

    /// <summary>The last line on standard error.</summary>
    public int Fail(int status, string message)
    {
        Tell(message);
        return status;
    }
}
