using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Mdev.Sdk.CodeFixes.Fixes;

/// <summary>MDEV201, MDEV204: the offset that the message proposes.</summary>
/// <param name="argument">The message's argument that is the offset, in hexadecimal.</param>
internal sealed class MoveRegister(int argument) : IFix
{
    public Proposal? Propose(FixSite site) =>
        site.Around<AttributeArgumentSyntax>() is { } offset && site.Said(argument) is { } free
            ? new Proposal($"Move to {Prefixed(free)}").Replace(offset.Expression, Prefixed(free))
            : null;

    private static string Prefixed(string hex) => hex.StartsWith("0x", StringComparison.Ordinal) ? hex : "0x" + hex;
}
