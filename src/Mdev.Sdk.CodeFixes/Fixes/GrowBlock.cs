using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Mdev.Sdk.CodeFixes.Fixes;

/// <summary>MDEV203: the block ends where its last register does.</summary>
internal sealed class GrowBlock : IFix
{
    public Proposal? Propose(FixSite site)
    {
        if (site.Said(1) is not { } end || site.Around<TypeDeclarationSyntax>() is not { } type)
            return null;

        // Another part of the class may have the attribute.
        AttributeArgumentSyntax? size = site.Declared(type)?.DeclaringSyntaxReferences
            .Select(r => (r.GetSyntax(site.Cancel) as TypeDeclarationSyntax).Attribute("RegisterBlock").Argument(0, "size"))
            .FirstOrDefault(a => a is not null);
        return size is null ? null : new Proposal($"Make the block 0x{end} bytes long").Replace(size.Expression, $"0x{end}");
    }
}
