using Microsoft.CodeAnalysis;

namespace Mdev.Sdk.Generators.Diagnostics;

/// <summary>For the analyzer.</summary>
internal sealed class ReportedMistakes(Action<Diagnostic> report, CancellationToken cancel) : Mistakes
{
    protected override void Report(DiagnosticDescriptor rule, Place place, Place? other, string[] arguments)
    {
        Location[] others = other is { } second ? [second.Resolve(cancel)] : [];
        report(Diagnostic.Create(rule, place.Resolve(cancel), others, arguments));
    }
}
