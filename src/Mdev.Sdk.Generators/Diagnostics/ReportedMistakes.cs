using System.Collections.Immutable;
using System.Globalization;
using Microsoft.CodeAnalysis;

namespace Mdev.Sdk.Generators.Diagnostics;

/// <summary>For the analyzer.</summary>
internal sealed class ReportedMistakes(Action<Diagnostic> report, CancellationToken cancel) : Mistakes
{
    protected override void Report(DiagnosticDescriptor rule, Place place, Place? other, string[] arguments)
    {
        Location[] others = other is { } second ? [second.Resolve(cancel)] : [];

        // What the message says is what a code fix does: it finds each argument by its number.
        ImmutableDictionary<string, string?> said = arguments
            .Select((text, i) => new KeyValuePair<string, string?>(i.ToString(CultureInfo.InvariantCulture), text))
            .ToImmutableDictionary();
        report(Diagnostic.Create(rule, place.Resolve(cancel), others, said, arguments));
    }
}
