using System.Collections.Concurrent;
using Mdev.Sdk.Generators.Reading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Mdev.Sdk.Generators.Diagnostics;

/// <summary>Finds classes with attributes that nothing has: only the whole assembly shows what is a parent's configuration.</summary>
internal sealed class AttributeOwners
{
    private readonly ConcurrentBag<INamedTypeSymbol> _others = [];
    private readonly ConcurrentBag<ITypeSymbol> _configurations = [];

    public void Note(SymbolAnalysisContext context)
    {
        var type = (INamedTypeSymbol)context.Symbol;
        if (type.BaseNamed(AttributeNames.MdevParentBase) is { TypeArguments: [_, var config] })
            _configurations.Add(config);
        else if (type is { TypeKind: TypeKind.Class, IsStatic: false }
            && MdevAttributeReader.OwnerOf(type) == MdevAttributeOwner.Other && MdevAttributeMember.Of(type).Any())
            _others.Add(type);
    }

    public void Report(CompilationAnalysisContext context)
    {
        var mistakes = new ReportedMistakes(context.ReportDiagnostic, context.CancellationToken);

        // Types are noted as they come; the order of the report must not depend on it.
        foreach (INamedTypeSymbol type in _others.OrderBy(t => t.ToDisplayString(), StringComparer.Ordinal))
        {
            if (!_configurations.Any(config => IsOrDerives(config, type)))
                mistakes.Add(AttributeRules.NobodysAttributes, Place.Of(type), type.Name);
        }
    }

    private static bool IsOrDerives(ITypeSymbol config, INamedTypeSymbol type)
    {
        for (ITypeSymbol? at = config; at is not null; at = at.BaseType)
        {
            if (SymbolEqualityComparer.Default.Equals(at.OriginalDefinition, type))
                return true;
        }

        return false;
    }
}
