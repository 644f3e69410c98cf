using System.Collections.Concurrent;
using Mdev.Sdk.Generators.Reading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Mdev.Sdk.Generators.Diagnostics;

/// <summary>Finds parents of one name: only the whole assembly shows them.</summary>
internal sealed class ParentNames
{
    private readonly ConcurrentBag<(string Name, INamedTypeSymbol Type, AttributeData Attribute)> _parents = [];

    public void Note(SymbolAnalysisContext context)
    {
        var type = (INamedTypeSymbol)context.Symbol;
        if (type.Attribute(AttributeNames.MdevParent) is { } attribute && attribute.Argument<string?>(0, null) is { } name)
            _parents.Add((name, type, attribute));
    }

    public void Report(CompilationAnalysisContext context)
    {
        var mistakes = new ReportedMistakes(context.ReportDiagnostic, context.CancellationToken);
        foreach (var same in _parents.GroupBy(p => p.Name, StringComparer.Ordinal))
        {
            // Types are noted as they come; the order of the report must not depend on it.
            var ordered = same.OrderBy(p => p.Type.ToDisplayString(), StringComparer.Ordinal).ToList();
            foreach (var other in ordered.Skip(1))
            {
                mistakes.AddPair(
                    TypeRules.DuplicateParent,
                    Place.Of(other.Attribute, "name"),
                    Place.Of(ordered[0].Attribute, "name"),
                    same.Key,
                    ordered[0].Type.Name,
                    other.Type.Name);
            }
        }
    }
}
