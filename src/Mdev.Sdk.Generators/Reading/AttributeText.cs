using System.Globalization;
using Microsoft.CodeAnalysis;

namespace Mdev.Sdk.Generators.Reading;

/// <summary>An attribute as the expression that makes it again.</summary>
internal static class AttributeText
{
    public static string Of(AttributeData attribute)
    {
        string made = $"new {attribute.AttributeClass!.Qualified()}({string.Join(", ", attribute.ConstructorArguments.SelectMany(Constants))})";
        IEnumerable<string> named = attribute.NamedArguments.SelectMany(a => Constants(a.Value).Select(value => $"{a.Key} = {value}"));
        string set = string.Join(", ", named);
        return set.Length == 0 ? made : $"{made} {{ {set} }}";
    }

    // An array is what params made of its elements; what the compiler complains of is left out.
    private static IEnumerable<string> Constants(TypedConstant constant) => constant switch
    {
        { Kind: TypedConstantKind.Array, IsNull: false } => constant.Values.SelectMany(Constants),
        { Kind: TypedConstantKind.Enum } => [constant.EnumText()],
        { Value: bool value } => [value ? "true" : "false"],
        { Value: byte value } => ["0x" + value.ToString("x2", CultureInfo.InvariantCulture)],
        { Value: IFormattable value } => [value.ToString(null, CultureInfo.InvariantCulture)],
        _ => [],
    };
}
