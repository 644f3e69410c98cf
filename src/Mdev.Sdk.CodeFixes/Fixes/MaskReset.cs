using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Mdev.Sdk.CodeFixes.Fixes;

/// <summary>MDEV206: the part of the reset value that the register can hold, which the message says.</summary>
internal sealed class MaskReset : IFix
{
    public Proposal? Propose(FixSite site) =>
        Value(site) is { } reset && site.Said(3) is { } fits
            ? new Proposal($"Reset to 0x{fits}").Replace(reset, $"0x{fits}")
            : null;

    // One of a list of an array's, or the only one.
    private static ExpressionSyntax? Value(FixSite site) =>
        site.Around<ExpressionElementSyntax>()?.Expression
        ?? (site.Node is ExpressionSyntax { Parent: InitializerExpressionSyntax } element ? element : site.Around<AttributeArgumentSyntax>()?.Expression);
}
