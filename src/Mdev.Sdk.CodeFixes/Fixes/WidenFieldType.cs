using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Mdev.Sdk.CodeFixes.Fixes;

/// <summary>MDEV305: an integer that holds the field's bits.</summary>
internal sealed class WidenFieldType : IFix
{
    public Proposal? Propose(FixSite site)
    {
        if (site.Node is not PropertyDeclarationSyntax property
            || site.Declared(property) is not IPropertySymbol { IsStatic: false, GetMethod: not null } field
            || field.Data("Bits")?.ConstructorArguments is not { Length: > 0 } bits
            || bits[0].Value is not int high || bits[bits.Length - 1].Value is not int low)
        {
            return null;
        }

        string type = (high - low + 1) switch { < 32 => "int", 32 => "uint", _ => "ulong" };
        return new Proposal($"Make it {type}").Replace(property.Type, type);
    }
}
