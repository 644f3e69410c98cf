using System.Collections;
using System.Reflection;

namespace Mdev.Sdk.Generators.Tests.Incremental;

/// <summary>Looks into an object and all that it refers to.</summary>
internal static class ObjectWalk
{
    /// <summary>Symbols, syntax and locations keep a whole compilation alive, and never compare equal after an edit.</summary>
    public static void AssertNothingOfRoslyn(object value) => Walk(value, new HashSet<object>(ReferenceEqualityComparer.Instance));

    private static void Walk(object? value, HashSet<object> seen)
    {
        if (value is null or string || value.GetType() is { IsPrimitive: true } or { IsEnum: true } || !seen.Add(value))
            return;
        Type type = value.GetType();
        Assert.False(
            type.Namespace?.StartsWith("Microsoft.CodeAnalysis", StringComparison.Ordinal) == true, $"A model refers to a {type}.");
        if (value is Array)
        {
            foreach (object? item in (IEnumerable)value)
                Walk(item, seen);
        }

        for (Type? at = type; at is not null; at = at.BaseType)
        {
            foreach (FieldInfo field in at.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
                Walk(field.GetValue(value), seen);
        }
    }
}
