using System.Collections.Immutable;
using Mdev.Sdk.Generators.Reading;
using Microsoft.CodeAnalysis;

namespace Mdev.Sdk.Generators.Diagnostics;

/// <summary>
/// Finds private methods that are named and shaped as handlers, have no attribute and are used by nothing: whoever writes one
/// takes it for bound.
/// </summary>
internal static class UnboundHandlers
{
    public static void Report(INamedTypeSymbol type, IReadOnlyCollection<ISymbol> used, Action<Diagnostic> report)
    {
        foreach (IMethodSymbol method in type.GetMembers().OfType<IMethodSymbol>())
        {
            if (method is not { MethodKind: MethodKind.Ordinary, DeclaredAccessibility: Accessibility.Private, Arity: 0 }
                || !method.GetAttributes().IsEmpty || method.IsOurs()
                || used.Contains(method, SymbolEqualityComparer.Default)
                || Binding(type, method) is not { } attribute)
            {
                continue;
            }

            // The same arguments as those of a reader's mistake, which a code fix finds by their numbers.
            ImmutableDictionary<string, string?> said = ImmutableDictionary<string, string?>.Empty.Add("0", method.Name).Add("1", attribute);
            report(Diagnostic.Create(HandlerBodyRules.Unbound, method.Locations[0], said, method.Name, attribute));
        }
    }

    private static string? Binding(INamedTypeSymbol type, IMethodSymbol method)
    {
        string name = method.Name;
        bool on = name.StartsWith("On", StringComparison.Ordinal) && name.Length > 2 && char.IsUpper(name[2]);
        bool written = name.EndsWith("Written", StringComparison.Ordinal);
        bool write = written || (on && name.Contains("Write")), read = on && name.Contains("Read");
        if (write == read || !IsShaped(method, write))
            return null;

        string rest = on ? name.Substring(2) : name;
        foreach (string verb in new[] { "Written", "Write", "Reads", "Read" })
            rest = rest.Replace(verb, "");
        bool isRegister = type.GetMembers(rest).Any(m => m.Attribute(AttributeNames.Register) is not null);
        return $"[On{(write ? "Write" : "Read")}({(isRegister ? $"nameof({rest})" : "...")})]";
    }

    private static bool IsShaped(IMethodSymbol method, bool write)
    {
        ITypeSymbol? value = write ? method.Parameters.FirstOrDefault()?.Type : method.ReturnType;
        return value is not null && RegisterType.Read(value) is not null
            && (write ? HandlerShape.StoredWrite(method, value, indexed: false) : HandlerShape.StoredRead(method, value, indexed: false)) is not null;
    }
}
