using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using Mdev.Tool.Verbs;

namespace Mdev.Tool.Output;

/// <summary>The usual help, and below it a verb's details and examples.</summary>
internal sealed class HelpWithExamples(HelpAction usual) : SynchronousCommandLineAction
{
    // Also where something required is missing.
    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        int status = usual.Invoke(parseResult);
        if (parseResult.CommandResult.Command is not Verb verb)
            return status;
        TextWriter output = parseResult.InvocationConfiguration.Output;
        if (verb.Details.Length > 0)
            output.WriteLine($"{verb.Details}\n");
        output.WriteLine("Examples:");
        foreach (string example in verb.Examples)
            output.WriteLine($"  dotnet mdev {example}");
        return status;
    }
}
