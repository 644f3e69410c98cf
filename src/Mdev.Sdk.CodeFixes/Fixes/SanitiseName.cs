using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Mdev.Sdk.CodeFixes.Fixes;

/// <summary>MDEV004: a dash for each character that a name in sysfs cannot have.</summary>
internal sealed class SanitiseName : IFix
{
    private const int Longest = 64;

    public Proposal? Propose(FixSite site)
    {
        if (site.Around<AttributeArgumentSyntax>()?.Expression is not LiteralExpressionSyntax literal
            || !literal.IsKind(SyntaxKind.StringLiteralExpression))
        {
            return null;
        }

        string name = new([.. literal.Token.ValueText.Select(c => IsAllowed(c) ? c : '-').Take(Longest)]);

        // "." and ".." are made of allowed characters and yet are directories of their own.
        if (name.Length == 0 || name == literal.Token.ValueText)
            return null;
        return new Proposal($"Name it \"{name}\"").Replace(literal, $"\"{name}\"");
    }

    private static bool IsAllowed(char c) => c is (>= 'A' and <= 'Z') or (>= 'a' and <= 'z') or (>= '0' and <= '9') or '.' or '_' or '-';
}
