using System.Globalization;
using Mdev.Sdk.Generators.Diagnostics;
using Microsoft.CodeAnalysis;

namespace Mdev.Sdk.Generators.Reading;

/// <summary>What must hold of <c>[MsiCapability]</c> and the lines with <c>[Msi]</c> together.</summary>
internal static class MsiCapabilityRules
{
    public static void Check(INamedTypeSymbol type, PciMembers members, Mistakes mistakes)
    {
        if (type.Attribute(AttributeNames.MsiCapability) is not { } attribute)
            return;
        if (members.Vectors.Count == 0)
            mistakes.Add(InterruptRules.BadCount, attribute, "The MSI capability has no vectors: no line has [Msi]");
        if (!attribute.HasNamed("Vectors"))
            return;

        int vectors = attribute.Named("Vectors", 0), most = members.Vectors.Count == 0 ? -1 : members.Vectors.Max(v => v.Vector);
        Place place = Place.Of(attribute, "Vectors");

        // PCI Local Bus 3.0, section 6.8.1.3: the field holds the exponent, up to 5.
        if (vectors is not (1 or 2 or 4 or 8 or 16 or 32))
            mistakes.Add(InterruptRules.BadCount, place, $"MSI offers 1, 2, 4, 8, 16 or 32 vectors, not {Text(vectors)}");
        else if (most >= vectors)
            mistakes.Add(InterruptRules.BadCount, place, $"The capability offers {Text(vectors)} vectors, and a line asks for vector {Text(most)}");
    }

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);
}
