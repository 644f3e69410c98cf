using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Mdev.Sdk.CodeFixes.Fixes;

/// <summary>MDEV401: the register that a handler names, of the type that the handler takes or gives, at the next free offset.</summary>
internal sealed class DeclareRegister : IFix
{
    public Proposal? Propose(FixSite site)
    {
        if (site.Said(1) is not { } name || !SyntaxFacts.IsValidIdentifier(name)
            || site.Around<MethodDeclarationSyntax>() is not { Parent: TypeDeclarationSyntax type } method
            || site.Declared(type) is not INamedTypeSymbol block || block.GetMembers(name).Any()
            || ValueOf(method) is not { } written
            || RegisterWidth.Of(site.Model.GetTypeInfo(written, site.Cancel).Type) is not { } bytes)
        {
            return null;
        }

        uint offset = FreeOffset.In(block, bytes);
        string property = $"[Register(0x{offset:x2})] public partial {written} {name} {{ get; set; }}";
        return new Proposal($"Declare the register '{name}' at 0x{offset:x2}").Insert(site.Tree, method.SpanStart, Line.Before(method, property));
    }

    private static TypeSyntax? ValueOf(MethodDeclarationSyntax method)
    {
        bool isVoid = method.ReturnType is PredefinedTypeSyntax { Keyword.RawKind: (int)SyntaxKind.VoidKeyword };
        return isVoid ? method.ParameterList.Parameters.Select(p => p.Type).FirstOrDefault() : method.ReturnType;
    }
}
