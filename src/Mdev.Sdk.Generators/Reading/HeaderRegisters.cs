using System.Globalization;
using Mdev.Sdk.Generators.Diagnostics;
using Microsoft.CodeAnalysis;

namespace Mdev.Sdk.Generators.Reading;

/// <summary>Finds registers of a capability's block that lie in its header: the guest never reaches them.</summary>
internal static class HeaderRegisters
{
    private static readonly string[] s_placed =
    [
        AttributeNames.Register, AttributeNames.RegisterArray, AttributeNames.Block, AttributeNames.Alias, AttributeNames.OnRead, AttributeNames.OnWrite,
    ];

    public static void Check(IPropertySymbol capability, uint headerSize, Mistakes mistakes)
    {
        foreach (ISymbol member in capability.Type.GetMembers())
        {
            foreach (AttributeData attribute in member.GetAttributes())
            {
                if (!s_placed.Any(name => attribute.AttributeClass.Is(name)) || attribute.ConstructorArguments is not [{ Value: uint offset }, ..] || offset >= headerSize)
                    continue;
                string at = offset.ToString("x2", CultureInfo.InvariantCulture), first = headerSize.ToString("x2", CultureInfo.InvariantCulture);
                mistakes.AddPair(PciRules.RegisterInHeader, Place.Of(capability), attribute, member.Name, at, capability.Name, first);
            }
        }
    }
}
