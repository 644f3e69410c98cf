using System.Globalization;
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
            TypedConstant bank = wanted ? BankOf(attribute) : default;
            if (ExpressionOf(block.Type, member, bank.IsNull, out string problem) is { } expression)
            {
                string? value = bank.IsNull ? null : Convert.ToString(bank.Value, CultureInfo.InvariantCulture);
                conditions.Add(new Condition(member, value is null ? expression : $"({expression} == {ValueText(bank)})", wanted, value));
            }
            else
                block.Mistakes.Add(RegisterRules.BadCondition, Place.Of(attribute, argument), argument, member, problem, block.Type.Name);
        }

        return conditions.ToEquatableArray();
    }

    private static TypedConstant BankOf(AttributeData attribute) => attribute.NamedArguments
        .Where(pair => pair.Key == "Is" && pair.Value.Kind is TypedConstantKind.Primitive or TypedConstantKind.Enum)
        .Select(pair => pair.Value)
        .FirstOrDefault();

    private static string ValueText(TypedConstant bank) => bank.Kind == TypedConstantKind.Enum
        ? bank.EnumText()
        : Convert.ToString(bank.Value, CultureInfo.InvariantCulture);

    private static string? ExpressionOf(INamedTypeSymbol type, string member, bool isBool, out string problem)
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
                    case IPropertySymbol { GetMethod: not null } property when Fits(property.Type):
                    case IFieldSymbol field when Fits(field.Type):
                        return symbol.InDispatch();
                    case IMethodSymbol { Parameters.IsEmpty: true, Arity: 0 } method when Fits(method.ReturnType):
                        return symbol.InDispatch() + "()";
                    default:
                        problem = "is none";
                        break;
                }
            }
        }

        return null;

        bool Fits(ITypeSymbol asked) => isBool
            ? asked.SpecialType == SpecialType.System_Boolean
            : asked.TypeKind == TypeKind.Enum
                || asked.SpecialType is >= SpecialType.System_SByte and <= SpecialType.System_UInt64;
    }

    /// <summary>A bool member by itself: a write gate.</summary>
    public static string? ReadGate(BlockDraft block, AttributeData attribute)
    {
        if (attribute.Named<string?>("WritableWhen", null) is not { } member)
            return null;
        if (ExpressionOf(block.Type, member, isBool: true, out string problem) is { } expression)
            return expression;
        block.Mistakes.Add(
            RegisterRules.BadCondition, Place.Of(attribute, "WritableWhen"), "WritableWhen", member, problem, block.Type.Name);
        return null;
    }
}
