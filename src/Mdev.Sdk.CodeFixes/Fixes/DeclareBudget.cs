using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Mdev.Sdk.CodeFixes.Fixes;

/// <summary>MDEV012: the budget that was meant, or one more on the parent, of which one instance takes all until its author says otherwise.</summary>
internal sealed class DeclareBudget : IFix
{
    public Proposal? Propose(FixSite site)
    {
        if (site.Said(1) is not { } name || site.Said(2) is not { } amount || site.Around<TypeDeclarationSyntax>() is not { } parent)
            return null;
        if (site.Said(4) is { Length: > 0 } meant && site.Around<AttributeArgumentSyntax>() is { } argument)
            return new Proposal($"Take it of \"{meant}\"").Replace(argument.Expression, $"\"{meant}\"");
        string budget = $"[MdevBudget(\"{name}\", {amount})]";
        return new Proposal($"Add {budget}").Insert(site.Tree, parent.SpanStart, Line.Before(parent, budget));
    }
}
