using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Mdev.Sdk.Generators.Reading;

/// <summary>Conditions for people: a bank by its enum member, or by the number as its author wrote it.</summary>
internal static class ConditionText
{
    /// <summary><c>when Page is Slow, unless Locked</c>; empty if there is no condition.</summary>
    public static string Of(AttributeData attribute, EquatableArray<Condition> conditions, CancellationToken cancel)
    {
        if (conditions.Count == 0)
            return "";
        string? written = conditions.Any(c => c.Is is not null) ? WrittenBank(attribute, cancel) : null;
        return string.Join(", ", conditions.Select(c => Shown(c, written)));
    }

    /// <summary>One condition, its bank by number.</summary>
    public static string Shown(Condition condition, string? written = null) =>
        (condition.Wanted ? "when " : "unless ") + condition.Member + (condition.Is is null ? "" : $" is {written ?? condition.Is}");

    private static string? WrittenBank(AttributeData attribute, CancellationToken cancel) =>
        (attribute.ApplicationSyntaxReference?.GetSyntax(cancel) as AttributeSyntax)?.ArgumentList?.Arguments
            .FirstOrDefault(a => a.NameEquals?.Name.Identifier.ValueText == "Is")?.Expression switch
        {
            LiteralExpressionSyntax literal => literal.Token.Text,
            MemberAccessExpressionSyntax member => member.Name.Identifier.ValueText,
            IdentifierNameSyntax name => name.Identifier.ValueText,
            _ => null,
        };
}
