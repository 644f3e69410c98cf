using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Mdev.Sdk.CodeFixes.Fixes;

/// <summary>MDEV301: the next bits above that no other field has, else the lowest.</summary>
internal sealed class ShiftField : IFix
{
    public Proposal? Propose(FixSite site)
    {
        if (site.Attribute is not { ArgumentList: { } list } attribute || !attribute.Is("Bits")
            || site.Around<PropertyDeclarationSyntax>() is not { Parent: TypeDeclarationSyntax type } property
            || site.Declared(property) is not IPropertySymbol field || Range(field.Data("Bits")) is not { } own
            || site.Declared(type) is not INamedTypeSymbol holder)
        {
            return null;
        }

        ulong taken = 0;
        foreach (AttributeData other in Claims(holder, field))
        {
            if (Range(other) is { } range)
                taken |= Bits(range.High, range.Low);
        }

        int width = own.High - own.Low + 1;
        int total = holder.Data("BitFields")?.ConstructorArguments is [{ Value: int bytes }, ..] ? bytes * 8 : 32;
        IEnumerable<int> above = Enumerable.Range(own.Low, total), below = Enumerable.Range(0, own.Low);
        int low = above.Concat(below).Where(at => at + width <= total && (Bits(at + width - 1, at) & taken) == 0).DefaultIfEmpty(-1).First();
        if (low < 0)
            return null;

        string bits = width == 1 ? $"{low}" : $"{low + width - 1}, {low}";
        int last = list.Arguments.Last(a => a.NameEquals is null).Span.End;
        return new Proposal($"Move to ({bits})")
            .Replace(site.Tree, Microsoft.CodeAnalysis.Text.TextSpan.FromBounds(list.Arguments[0].SpanStart, last), bits);
    }

    // The other fields.
    private static IEnumerable<AttributeData> Claims(INamedTypeSymbol holder, IPropertySymbol field) =>
        holder.GetMembers().OfType<IPropertySymbol>()
            .Where(p => p.Name != field.Name)
            .Select(p => p.Data("Bits"))
            .OfType<AttributeData>();

    private static (int High, int Low)? Range(AttributeData? attribute) =>
        attribute?.ConstructorArguments is { Length: > 0 } bits
            && bits[0].Value is int high && bits[bits.Length - 1].Value is int low && high >= low && low >= 0 && high < 64
            ? (high, low)
            : null;

    private static ulong Bits(int high, int low) => (ulong.MaxValue >> (63 - high + low)) << low;
}
