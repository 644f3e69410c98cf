using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Mdev.Sdk.CodeFixes.Fixes;

/// <summary>MDEV206: the part of the reset value that the register can hold, which the message says.</summary>
internal sealed class MaskReset : IFix
{
    public Proposal? Propose(FixSite site) =>
        site.Around<AttributeArgumentSyntax>() is { } reset && site.Said(3) is { } fits
            ? new Proposal($"Reset to 0x{fits}").Replace(reset.Expression, $"0x{fits}")
            : null;
}
