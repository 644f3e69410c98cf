using System.Globalization;
using Mdev.Sdk.Generators.Diagnostics;
using Microsoft.CodeAnalysis;

namespace Mdev.Sdk.Generators.Reading;

/// <summary>Reads <c>Resets</c> of an array: a value for each register.</summary>
internal static class ResetsReader
{
    /// <summary>The values; empty where none are given, or not one for each register.</summary>
    public static EquatableArray<ulong> Read(AttributeData attribute, string name, int count, RegisterType type, Mistakes mistakes)
    {
        TypedConstant given = attribute.NamedArguments.FirstOrDefault(pair => pair.Key == "Resets").Value;
        if (given.Kind != TypedConstantKind.Array || given.IsNull)
            return default;
        if (attribute.HasNamed("Reset"))
            mistakes.Add(RegisterRules.BadArray, Place.Of(attribute, "Reset"), name, "it has both Reset and Resets; remove one");

        ulong[] resets = [.. given.Values.Select(v => v.Value is ulong value ? value : 0)];
        if (count >= 1 && resets.Length != count)
        {
            mistakes.Add(RegisterRules.BadArray, Place.Of(attribute, "Resets"), name, $"it has {Text(count)} registers and {Text(resets.Length)} reset values; give one for each");
            return default;
        }

        for (int i = 0; i < resets.Length; i++)
        {
            ulong fits = resets[i] & type.Ones;
            if (fits != resets[i])
                mistakes.Add(RegisterRules.ResetTooWide, Place.Of(attribute, "Resets", i), AccessReader.Hex(resets[i]), $"{name}[{Text(i)}]", Text(type.Bits), AccessReader.Hex(fits));
            resets[i] = fits;
        }

        return resets.ToEquatableArray();
    }

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);
}
