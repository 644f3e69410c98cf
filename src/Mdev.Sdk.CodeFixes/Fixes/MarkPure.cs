using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Mdev.Sdk.CodeFixes.Fixes;

/// <summary>MDEV407: the handler says that it changes nothing, which only its author can promise.</summary>
internal sealed class MarkPure : IFix
{
    public Proposal? Propose(FixSite site)
    {
        if (site.Attribute is not { ArgumentList.Arguments: [.., var last] } attribute)
            return null;
        const string Pure = "Pure = true";
        var proposal = new Proposal($"Add {Pure}");
        return attribute.Named("Pure") is { } denied ? proposal.Replace(denied, Pure) : proposal.Insert(site.Tree, last.Span.End, $", {Pure}");
    }
}
