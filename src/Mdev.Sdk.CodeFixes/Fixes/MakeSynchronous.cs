using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace Mdev.Sdk.CodeFixes.Fixes;

/// <summary>MDEV405: without <c>async</c>, where nothing is awaited; what awaits is its author's to move elsewhere.</summary>
internal sealed class MakeSynchronous : IFix
{
    public Proposal? Propose(FixSite site)
    {
        if (site.Node is not MethodDeclarationSyntax method)
            return null;
        var own = method.DescendantNodes(n => n is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax)).ToList();
        bool waits = own.Any(n => n is AwaitExpressionSyntax or YieldStatementSyntax
            || n is CommonForEachStatementSyntax { AwaitKeyword.RawKind: not 0 }
            || n is LocalDeclarationStatementSyntax { AwaitKeyword.RawKind: not 0 }
            || n is UsingStatementSyntax { AwaitKeyword.RawKind: not 0 });
        int async = method.Modifiers.IndexOf(SyntaxKind.AsyncKeyword);

        // One that is not async makes its task itself, by means that have no general counterpart.
        if (waits || async < 0)
            return null;

        var modifier = method.Modifiers[async];
        var proposal = new Proposal($"Make '{method.Identifier.Text}' synchronous")
            .Replace(site.Tree, TextSpan.FromBounds(modifier.SpanStart, modifier.GetNextToken().SpanStart), "");
        return method.ReturnType switch
        {
            GenericNameSyntax { TypeArgumentList.Arguments: [var result] } => proposal.Replace(method.ReturnType, result.ToString()),
            QualifiedNameSyntax { Right: GenericNameSyntax { TypeArgumentList.Arguments: [var result] } } =>
                proposal.Replace(method.ReturnType, result.ToString()),
            PredefinedTypeSyntax => proposal,
            _ => proposal.Replace(method.ReturnType, "void"),
        };
    }
}
