using System.Text.RegularExpressions;
using Mdev.Sdk.Generators.Tests.Harness;
using Microsoft.CodeAnalysis;

namespace Mdev.Sdk.Generators.Tests.Assembly;

public sealed partial class BridgePageTests
{
    [Fact]
    public async Task What_the_page_declares_compiles_without_a_word()
    {
        string page = File.ReadAllText(Repository.PathOf("docs/bridge.md"));
        string code = string.Join("\n", Listing().Matches(page).Select(m => m.Groups[1].Value));
        Assert.Contains("[CharDevice(", code, StringComparison.Ordinal);

        Compilation compilation = Compiler.Generate(Compiler.Create("using System.Buffers.Binary;\n" + code), out _);
        Compiler.AssertNone(compilation.GetDiagnostics().Where(d => d.Severity >= DiagnosticSeverity.Warning));
        Compiler.AssertNone((await Diagnose.Run(compilation)).Where(d => !Diagnose.IsHint(d)));
    }

    [GeneratedRegex("```csharp\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Listing();
}
