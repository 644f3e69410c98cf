using Mdev.Sdk.Generators.Reading;
using Microsoft.CodeAnalysis;

namespace Mdev.Sdk.Generators.Diagnostics;

/// <summary>Finds registers and handlers whose class has no <c>[RegisterBlock]</c>: nothing else would mention them.</summary>
internal static class StrayAttributes
{
    private static readonly string[] s_members =
            [
        AttributeNames.Register, AttributeNames.RegisterArray, AttributeNames.Block, AttributeNames.Alias, AttributeNames.InterruptStatus, AttributeNames.IndexData,
        AttributeNames.OnRead, AttributeNames.OnWrite, AttributeNames.OnReset,
    ];

    public static void Check(INamedTypeSymbol type, Mistakes mistakes)
    {
        if (type.Attribute(AttributeNames.RegisterBlock) is not null)
        {
            CheckRegisters(type, mistakes);
            return;
        }

        bool isDevice = type.Attribute(AttributeNames.PciDevice) is not null || type.Attribute(AttributeNames.VfioDevice) is not null;
        foreach (ISymbol member in type.GetMembers())
        {
            if (!isDevice && member.Attribute(AttributeNames.Saved) is not null)
                mistakes.Add(StateRules.CannotBeSaved, Place.Of(member), member.Name, $"'{type.Name}' is no [RegisterBlock], [PciDevice] or [VfioDevice], and nothing saves it");
            foreach (AttributeData attribute in member.GetAttributes())
            {
                if (s_members.Any(name => attribute.AttributeClass.Is(name)))
                {
                    string shown = $"[{attribute.AttributeClass!.Name.Replace("Attribute", "")}]";
                    mistakes.Add(RegisterRules.OutsideRegisterBlock, attribute, member.Name, shown, type.Name);
                }
            }
        }
    }

    private static void CheckRegisters(INamedTypeSymbol block, Mistakes mistakes)
    {
        foreach (IPropertySymbol property in block.GetMembers().OfType<IPropertySymbol>())
        {
            if (property.Attribute(AttributeNames.Register) is not null)
                continue;
            bool isArray = property.Attribute(AttributeNames.RegisterArray) is not null;
            foreach (AttributeData attribute in property.GetAttributes().Where(a => !isArray && WatchReader.IsWatch(a)))
                mistakes.Add(RegisterRules.NoTarget, attribute, property.Name, $"[{attribute.AttributeClass!.Name.Replace("Attribute", "")}]");
            foreach (AttributeData attribute in property.Attributes(AttributeNames.Alias).Where(_ => !isArray))
                mistakes.Add(RegisterRules.NoTarget, attribute, property.Name, "[Alias]");
            foreach (AttributeData status in property.Attributes(AttributeNames.InterruptStatus))
                mistakes.Add(RegisterRules.NoTarget, status, property.Name, "[InterruptStatus]");
        }
    }
}
