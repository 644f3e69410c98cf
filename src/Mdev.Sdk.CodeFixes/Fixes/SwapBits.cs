using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Mdev.Sdk.CodeFixes.Fixes;

/// <summary>MDEV303: the most significant bit first, each number as its author wrote it.</summary>
internal sealed class SwapBits : IFix
{
    public Proposal? Propose(FixSite site)
    {
        if (site.Attribute.Argument(0, "high") is not { } high || site.Attribute.Argument(1, "low") is not { } low)
            return null;
        return new Proposal($"Write ({low.Expression}, {high.Expression})")
            .Replace(high.Expression, low.Expression.ToString())
            .Replace(low.Expression, high.Expression.ToString());
    }
}
