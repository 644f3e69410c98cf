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
            string? expression = ExpressionOf(block.Type, member, bank.IsNull, out ITypeSymbol? asked, out string problem);
            if (expression is not null && !bank.IsNull && !Holds(asked!, bank.Value))
                block.Mistakes.Add(RegisterRules.BadCondition, Place.Of(attribute, "Is"), "Is", member, "cannot have that value", block.Type.Name);
            else if (expression is not null)
            {
                string? value = bank.IsNull ? null : Convert.ToString(bank.Value, CultureInfo.InvariantCulture);
                conditions.Add(new Condition(member, value is null ? expression : $"({expression} == ({asked!.Qualified()})({value}))", wanted, value));
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

    // Whether a member of that type can be equal to the constant.
    private static bool Holds(ITypeSymbol type, object? constant)
    {
        SpecialType integer = (type as INamedTypeSymbol)?.EnumUnderlyingType?.SpecialType ?? type.SpecialType;
        if (constant is null or string or bool or char or float or double)
            return false;
        decimal value = Convert.ToDecimal(constant, CultureInfo.InvariantCulture);
        (decimal least, decimal most) = integer switch
        {
            SpecialType.System_SByte => (sbyte.MinValue, sbyte.MaxValue),
            SpecialType.System_Byte => (byte.MinValue, byte.MaxValue),
            SpecialType.System_Int16 => (short.MinValue, short.MaxValue),
            SpecialType.System_UInt16 => (ushort.MinValue, ushort.MaxValue),
            SpecialType.System_Int32 => (int.MinValue, int.MaxValue),
            SpecialType.System_UInt32 => (uint.MinValue, uint.MaxValue),
            SpecialType.System_Int64 => (long.MinValue, long.MaxValue),
            _ => ((decimal)ulong.MinValue, (decimal)ulong.MaxValue),
        };
        return value >= least && value <= most;
    }

    private static string? ExpressionOf(INamedTypeSymbol block, string member, bool isBool, out ITypeSymbol? asked, out string problem)
    {
        asked = null;
        problem = "it does not have";
        for (INamedTypeSymbol? at = block; at is not null; at = at.BaseType)
        {
            foreach (ISymbol symbol in at.GetMembers(member))
            {
                if (symbol.DeclaredAccessibility == Accessibility.Private && !ReferenceEquals(at, block))
                    continue;
                switch (symbol)
                {
                    case IPropertySymbol { GetMethod: not null } property when Fits(property.Type):
                        asked = property.Type;
                        return symbol.InDispatch();
                    case IFieldSymbol field when Fits(field.Type):
                        asked = field.Type;
                        return symbol.InDispatch();
                    case IMethodSymbol { Parameters.IsEmpty: true, Arity: 0 } method when Fits(method.ReturnType):
                        asked = method.ReturnType;
                        return symbol.InDispatch() + "()";
                    default:
                        problem = "is none";
                        break;
                }
            }
        }

        return null;

        bool Fits(ITypeSymbol type) => isBool
            ? type.SpecialType == SpecialType.System_Boolean
            : type.TypeKind == TypeKind.Enum
                || type.SpecialType is >= SpecialType.System_SByte and <= SpecialType.System_UInt64;
    }

    /// <summary>A bool member by itself: a write gate.</summary>
    public static string? ReadGate(BlockDraft block, AttributeData attribute)
    {
        if (attribute.Named<string?>("WritableWhen", null) is not { } member)
            return null;
        if (ExpressionOf(block.Type, member, isBool: true, out _, out string problem) is { } expression)
            return expression;
        block.Mistakes.Add(
            RegisterRules.BadCondition, Place.Of(attribute, "WritableWhen"), "WritableWhen", member, problem, block.Type.Name);
        return null;
    }
}
