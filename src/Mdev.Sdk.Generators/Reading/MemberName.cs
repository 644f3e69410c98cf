using Microsoft.CodeAnalysis;

namespace Mdev.Sdk.Generators.Reading;

/// <summary>Members as dispatch names them, which has parameters and locals of its own.</summary>
internal static class MemberName
{
    private static readonly HashSet<string> s_taken = new(StringComparer.Ordinal)
    {
        "offset", "enabled", "value", "write", "lane", "claimed", "before", "written", "collected", "touched", "unexpected", "watch", "origin", "writable", "merged", "incoming", "kept", "taken", "at", "index", "inner", "kind", "host", "reached", "found", "own",
    };

    public static string InDispatch(this ISymbol member)
    {
        string name = member.Name.Identifier();

        // A local "when..." stands for each condition.
        if (!s_taken.Contains(member.Name) && !member.Name.StartsWith("when", StringComparison.Ordinal))
            return name;
        return member.IsStatic ? $"{member.ContainingType.Qualified()}.{name}" : $"this.{name}";
    }
}
