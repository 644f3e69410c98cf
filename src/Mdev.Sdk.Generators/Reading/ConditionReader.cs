using Mdev.Sdk.Generators.Diagnostics;
using Microsoft.CodeAnalysis;

namespace Mdev.Sdk.Generators.Reading;

/// <summary>Reads <c>When</c> and <c>Unless</c>.</summary>
internal static class ConditionReader
{
    public static EquatableArray<Condition> Read(BlockDraft block, AttributeData attribute)
    {
        var conditions = new List<Condition>();
        foreach ((string argument, bool wanted) in new[] { ("When", true), ("Unless", false) })
        {
            if (attribute.Named<string?>(argument, null) is not { } member)
                continue;
            if (ExpressionOf(block.Type, member, out string problem) is { } expression)
                conditions.Add(new Condition(member, expression, wanted));
            else
                block.Mistakes.Add(RegisterRules.BadCondition, Place.Of(attribute, argument), argument, member, problem, block.Type.Name);
        }

        return conditions.ToEquatableArray();
    }

    private static string? ExpressionOf(INamedTypeSymbol type, string member, out string problem)
    {
        problem = "it does not have";
        for (INamedTypeSymbol? at = type; at is not null; at = at.BaseType)
        {
            foreach (ISymbol symbol in at.GetMembers(member))
            {
                if (symbol.DeclaredAccessibility == Accessibility.Private && !ReferenceEquals(at, type))
                    continue;
                switch (symbol)
                {
                    case IPropertySymbol { Type.SpecialType: SpecialType.System_Boolean, GetMethod: not null }:
                    case IFieldSymbol { Type.SpecialType: SpecialType.System_Boolean }:
                        return symbol.InDispatch();
                    case IMethodSymbol { ReturnType.SpecialType: SpecialType.System_Boolean, Parameters.IsEmpty: true, Arity: 0 }:
                        return symbol.InDispatch() + "()";
                    default:
                        problem = "is none";
                        break;
                }
            }
        }

        return null;
    }
}
