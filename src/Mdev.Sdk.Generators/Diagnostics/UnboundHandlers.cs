using System.Collections.Immutable;
using Mdev.Sdk.Generators.Reading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Mdev.Sdk.Generators.Diagnostics;

/// <summary>
/// Finds private methods that are named and shaped as handlers, have no attribute and are used by nothing: whoever writes one
/// takes it for bound.
/// </summary>
internal static class UnboundHandlers
{
    /// <param name="type">The register block.</param>
    /// <param name="part">The part of it whose methods are asked.</param>
    /// <param name="report">Who is told.</param>
    public static void Report(INamedTypeSymbol type, TypeDeclarationSyntax part, Action<Diagnostic> report)
    {
        foreach (IMethodSymbol method in type.GetMembers().OfType<IMethodSymbol>().Where(m => m.Locations.Any(l => l.SourceTree == part.SyntaxTree && part.Span.Contains(l.SourceSpan))))
        {
            if (method is not { MethodKind: MethodKind.Ordinary, DeclaredAccessibility: Accessibility.Private, Arity: 0 }
                || !method.GetAttributes().IsEmpty || method.IsOurs()
                || Binding(type, method) is not { } attribute
                || IsNamedIn(type, method.Name))
            {
                continue;
            }

            // The same arguments as those of a reader's mistake, which a code fix finds by their numbers.
            ImmutableDictionary<string, string?> said = ImmutableDictionary<string, string?>.Empty.Add("0", method.Name).Add("1", attribute);
            report(Diagnostic.Create(HandlerBodyRules.Unbound, method.Locations[0], said, method.Name, attribute));
        }
    }

    // Wherever a part of the class names it, a nameof apart: by its text, as a private method has no other users.
    private static bool IsNamedIn(INamedTypeSymbol type, string name) => type.DeclaringSyntaxReferences
        .SelectMany(r => r.GetSyntax().DescendantNodes().OfType<IdentifierNameSyntax>())
        .Any(n => n.Identifier.ValueText == name && n.FirstAncestorOrSelf<InvocationExpressionSyntax>() is not { Expression: IdentifierNameSyntax { Identifier.ValueText: "nameof" } });

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
