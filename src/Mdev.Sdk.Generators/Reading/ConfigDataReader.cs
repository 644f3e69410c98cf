using System.Globalization;
using Mdev.Sdk.Generators.Diagnostics;
using Microsoft.CodeAnalysis;

namespace Mdev.Sdk.Generators.Reading;

/// <summary>Reads <c>[ConfigData]</c>.</summary>
internal static class ConfigDataReader
{
    // PCI Local Bus 3.0, section 6.1: the header that PCI defines ends at 0x3f, config space at 0xff.
    private const int First = 0x40;
    private const int End = 0x100;

    public static EquatableArray<ConfigDataModel> Read(INamedTypeSymbol type, Mistakes mistakes)
    {
        var data = new List<(ConfigDataModel Model, AttributeData Attribute)>();
        foreach (AttributeData attribute in type.Attributes(AttributeNames.ConfigData))
        {
            if (ReadOne(attribute) is not { } model)
                continue;
            if (model.Bytes.Count == 0)
                mistakes.Add(PciRules.BadConfigData, attribute, Hex(model.Offset), Hex(model.Offset), "are none");
            else if (model.Offset < First || (long)model.Offset + model.Bytes.Count > End)
                mistakes.Add(PciRules.BadConfigData, attribute, Hex(model.Offset), Hex(Last(model)), "do not fit");
            else if (model.Text?.Any(static c => c > '\x7f') == true)
                mistakes.Add(PciRules.BadConfigData, attribute, Hex(model.Offset), Hex(Last(model)), "stand for text that is not ASCII");

            foreach ((ConfigDataModel other, AttributeData place) in data)
            {
                if (model.Offset <= Last(other) && other.Offset <= Last(model))
                    mistakes.AddPair(PciRules.BadConfigData, attribute, place, Hex(model.Offset), Hex(Last(model)), $"overlap those at 0x{Hex(other.Offset)}");
            }

            data.Add((model, attribute));
        }

        return data.Select(d => d.Model).ToEquatableArray();
    }

    /// <summary>The bytes that they take.</summary>
    public static IEnumerable<CapabilityExtent> Extents(INamedTypeSymbol type)
    {
        foreach (AttributeData attribute in type.Attributes(AttributeNames.ConfigData))
        {
            if (ReadOne(attribute) is { Bytes.Count: > 0 } model)
                yield return new CapabilityExtent(model.Offset, model.Bytes.Count, false, false, attribute);
        }
    }

    private static ConfigDataModel? ReadOne(AttributeData attribute)
    {
        if (attribute.ConstructorArguments is not [{ Value: int offset }, var content])
            return null;
        if (content is { Kind: TypedConstantKind.Array, IsNull: false })
            return new ConfigDataModel(offset, content.Values.Select(v => v.Value is byte b ? b : (byte)0).ToEquatableArray(), null);
        return content.Value is string text
            ? new ConfigDataModel(offset, System.Text.Encoding.ASCII.GetBytes(text).ToEquatableArray(), text)
            : null;
    }

    private static long Last(ConfigDataModel model) => (long)model.Offset + model.Bytes.Count - 1;

    private static string Hex(long value) => value.ToString("x2", CultureInfo.InvariantCulture);
}
