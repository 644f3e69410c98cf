using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Mdev.Sdk.CodeFixes.Fixes;

/// <summary>MDEV103, MDEV110: the next size or offset that there can be, which the message says.</summary>
/// <param name="argument">Where the message says it.</param>
internal sealed class RoundUp(int argument) : IFix
{
    public Proposal? Propose(FixSite site) =>
        site.Around<AttributeArgumentSyntax>() is { NameEquals: { } name } value && site.Said(argument) is { } fits
            ? new Proposal($"{name.Name.Identifier.ValueText} = 0x{fits}").Replace(value.Expression, $"0x{fits}")
            : null;
}
