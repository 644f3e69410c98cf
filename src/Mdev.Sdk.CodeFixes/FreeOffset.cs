using Microsoft.CodeAnalysis;

namespace Mdev.Sdk.CodeFixes;

/// <summary>Where a block has room for one more register.</summary>
internal static class FreeOffset
{
    /// <summary>The lowest aligned offset that nothing claims; beyond the block's end if it is full.</summary>
    public static uint In(INamedTypeSymbol block, uint bytes)
    {
        List<(uint Start, uint End)> taken = [.. block.GetMembers().SelectMany(Claims)];
        uint at = 0;
        while (taken.Any(t => t.Start < at + bytes && at < t.End))
            at += bytes;
        return at;
    }

    private static IEnumerable<(uint Start, uint End)> Claims(ISymbol member)
    {
        foreach (AttributeData attribute in member.GetAttributes())
        {
            if (attribute.AttributeClass?.Name is not ("RegisterAttribute" or "RegisterArrayAttribute" or "BlockAttribute"
                    or "AliasAttribute" or "OnReadAttribute" or "OnWriteAttribute" or "IndexDataAttribute")
                || attribute.ConstructorArguments.Select(a => a.Value).OfType<uint>().ToList() is not [uint start])
            {
                continue;
            }

            uint width = member switch
            {
                IPropertySymbol property => RegisterWidth.Of(property.Type) ?? 8,
                IMethodSymbol { ReturnsVoid: true, Parameters: [var value, ..] } => RegisterWidth.Of(value.Type) ?? 8,
                IMethodSymbol method => RegisterWidth.Of(method.ReturnType) ?? 8,
                _ => 8,
            };

            // Arrays and blocks have their length in further arguments; nothing goes behind what is not understood.
            bool single = attribute.AttributeClass.Name is not ("RegisterArrayAttribute" or "BlockAttribute")
                && !(attribute.AttributeClass.Name == "AliasAttribute" && member.Data("RegisterArray") is not null);
            yield return (start, single ? start + width : uint.MaxValue);
        }
    }
}
