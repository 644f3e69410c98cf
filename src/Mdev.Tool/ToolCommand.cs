using System.CommandLine;
using System.Runtime.InteropServices;
using System.CommandLine.Help;
using Mdev.Sdk;
using Mdev.Tool.Output;
using Mdev.Tool.Verbs;

namespace Mdev.Tool;

/// <summary><c>dotnet mdev</c>: the verbs, and what becomes of their failures.</summary>
internal sealed class ToolCommand : RootCommand
{
    private const int Success = 0, Failure = 1, Usage = 2, Interrupted = 130;

    public ToolCommand(Surroundings surroundings)
        : base("Manages virtual devices written with Mdev.Sdk: the verbs, options and files of mdevctl, and what a virtual machine needs.")
    {
        foreach (Verb verb in AllVerbs.For(surroundings))
            Subcommands.Add(verb);

        // "dotnet mdev" is started by scripts too: what it is told, it takes literally.
        Directives.Clear();
        foreach (HelpOption help in Options.OfType<HelpOption>())
            help.Action = new HelpWithExamples((HelpAction)help.Action!);
    }

    /// <summary>Runs one command line.</summary>
    /// <returns>0; 1 if it failed, with one line on standard error; 2 for wrong usage, with one line too; 130 if interrupted.</returns>
    public static async Task<int> RunAsync(string[] args)
    {
        var surroundings = new Surroundings(Console.Out, Console.Error);
        try
        {
            // Everything behind it is mdevctl's, --help too.
            if (args is ["mdevctl", .. var rest])
                return await MdevctlVerb.RunAsync(surroundings, rest).ConfigureAwait(false);
            if (args is ["complete", .. var words])
                return Completion.Print(surroundings, new ToolCommand(surroundings), words);

            ParseResult parsed = new ToolCommand(surroundings).Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
            if (parsed.Errors.Count > 0)
            {
                if (args.Length == 0)
                {
                    await parsed.RootCommandResult.Command.Parse("--help").InvokeAsync().ConfigureAwait(false);
                    return Usage;
                }
                throw new UsageException(parsed.Errors[0].Message, parsed.CommandResult.Command as Verb);
            }
            return await InvokeAsync(parsed).ConfigureAwait(false);
        }
        catch (UsageException e)
        {
            string verb = e.Verb is null ? "" : $" {e.Verb.Name}";
            return surroundings.Fail(Usage, $"{e.Message} (see dotnet mdev{verb} --help)");
        }
        catch (MdevException e)
        {
            return surroundings.Fail(Failure, $"{e.Error}: {e.Message}");
        }
        catch (OperationCanceledException)
        {
            return Interrupted;
        }
        catch (IOException e)
        {
            // Of our own output, the file errors being MdevExceptions: "| head" has seen enough.
            return surroundings.Fail(Failure, e.Message);
        }
        catch (Exception e)
        {
            return surroundings.Fail(Failure, $"this is a mistake in dotnet mdev itself, please report it: {e}");
        }
    }

    // System.CommandLine hears signals only after the verb's first wait, and gives it two seconds: a trace ends by one, when its file is whole.
    private static async Task<int> InvokeAsync(ParseResult parsed)
    {
        using var interrupted = new CancellationTokenSource();
        using PosixSignalRegistration interrupt = On(PosixSignal.SIGINT), terminate = On(PosixSignal.SIGTERM);
        var configuration = new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null };
        return await parsed.InvokeAsync(configuration, interrupted.Token).ConfigureAwait(false);

        PosixSignalRegistration On(PosixSignal signal) => PosixSignalRegistration.Create(signal, context =>
        {
            // The second one ends whoever does not listen to the first.
            context.Cancel = !interrupted.IsCancellationRequested;
            interrupted.Cancel();
        });
    }
}
