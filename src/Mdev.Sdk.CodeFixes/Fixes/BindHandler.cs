using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Mdev.Sdk.CodeFixes.Fixes;

/// <summary>MDEV404: the attribute that the method's name asks for, where a register has that name.</summary>
internal sealed class BindHandler : IFix
{
    public Proposal? Propose(FixSite site)
    {
        // Without the register's name the message shows an ellipsis, and only the author knows better.
        if (site.Node is not MethodDeclarationSyntax method || site.Said(1) is not { } attribute || attribute.Contains("..."))
            return null;
        int start = method.AttributeLists.Count > 0 ? method.AttributeLists[0].SpanStart
            : method.Modifiers.Count > 0 ? method.Modifiers[0].SpanStart
            : method.ReturnType.SpanStart;
        return new Proposal($"Add {attribute}").Insert(site.Tree, start, attribute + " ");
    }
}
