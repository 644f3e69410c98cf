using System.Collections.Immutable;
using System.Reflection;
using Microsoft.CodeAnalysis;

namespace Mdev.Sdk.Generators.Diagnostics;

/// <summary>Collects the rules, so that a new one cannot be forgotten: an analyzer that reports an unlisted rule fails.</summary>
internal static class AllRules
{
    public static ImmutableArray<DiagnosticDescriptor> Of(params Type[] areas) => areas
        .SelectMany(a => a.GetFields(BindingFlags.Public | BindingFlags.Static))
        .Select(f => f.GetValue(null))
        .OfType<DiagnosticDescriptor>()
        .OrderBy(r => r.Id, StringComparer.Ordinal)
        .ToImmutableArray();
}
