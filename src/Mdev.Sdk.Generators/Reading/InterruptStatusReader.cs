using System.Globalization;
using Mdev.Sdk.Generators.Diagnostics;
using Microsoft.CodeAnalysis;

namespace Mdev.Sdk.Generators.Reading;

/// <summary>Reads <c>[InterruptStatus]</c>.</summary>
internal static class InterruptStatusReader
{
    /// <summary>After all registers have been read: it names others.</summary>
    /// <param name="block">The block.</param>
    /// <param name="property">The status register.</param>
    /// <param name="attribute">One of the lines that it drives.</param>
    /// <param name="number">Which of them: 0 for the first.</param>
    public static InterruptStatusModel? Read(BlockDraft block, IPropertySymbol property, AttributeData attribute, int number)
    {
        if (Find(block, property.Name) is not { } status)
            return null;

        string line = attribute.Argument(0, "");
        if (!IsLine(block.Type, line))
        {
            block.Mistakes.Add(InterruptRules.NoLine, Place.Of(attribute, "line"), line, block.Type.Name);
            return null;
        }

        ulong bits = attribute.Named("Bits", ulong.MaxValue), ones = status.Type.Ones;
        if (bits != ulong.MaxValue && (bits & ~ones) != 0)
        {
            block.Mistakes.Add(
                RegisterRules.MaskTooWide, Place.Of(attribute, "Bits"), AccessReader.Hex(bits), property.Name, Number(status.Type.Bits), AccessReader.Hex(ones));
        }

        string level = (bits & ones) == ones ? Integer(status) : $"{Integer(status)} & 0x{AccessReader.Hex(bits & ones)}ul";
        var follows = new List<string> { property.Name };
        foreach ((string argument, string not) in new[] { ("Enable", ""), ("Mask", "~") })
        {
            if (attribute.Named<string?>(argument, null) is not { } name)
                continue;
            if (Find(block, name) is not { } other || other.Type.Bytes != status.Type.Bytes)
            {
                block.Mistakes.Add(InterruptRules.BadEnable, Place.Of(attribute, argument), argument, name, property.Name);
                continue;
            }

            level += $" & {not}{Integer(other)}";
            follows.Add(name);
        }

        return new InterruptStatusModel(number == 0 ? property.Name : property.Name + Number(number + 1), line.Identifier(), level, follows.ToEquatableArray());
    }

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);

    private static RegisterModel? Find(BlockDraft block, string name) => block.Registers
        .FirstOrDefault(r => r.Model is { Storage: not null, IsAlias: false } && r.Symbol.Name == name)?.Model;

    private static string Integer(RegisterModel register) => $"(ulong)({register.Type.Integer}){register.Storage}";

    private static bool IsLine(INamedTypeSymbol type, string name)
    {
        for (INamedTypeSymbol? at = type; at is not null; at = at.BaseType)
        {
            foreach (ISymbol member in at.GetMembers(name))
            {
                if (member is IPropertySymbol { GetMethod: not null } property && property.Type.Is(AttributeNames.InterruptLine))
                    return true;
                if (member is IFieldSymbol field && field.Type.Is(AttributeNames.InterruptLine))
                    return true;
            }
        }

        // A parameter of the primary constructor; of another one it would not be in scope, which the compiler says.
        return type.InstanceConstructors.Any(c => c.Parameters.Any(p => p.Name == name && p.Type.Is(AttributeNames.InterruptLine)));
    }
}
