using Mdev.Sdk.Generators.Diagnostics;
using Microsoft.CodeAnalysis;

namespace Mdev.Sdk.Generators.Reading;

/// <summary>Reads a class with <c>[RegisterBlock]</c>.</summary>
internal static class RegisterBlockReader
{
    public const string LittleEndian = "global::Mdev.Sdk.Registers.ByteOrder.LittleEndian";

    public static RegisterBlockModel? Read(INamedTypeSymbol type, Mistakes mistakes, CancellationToken cancel)
    {
        if (type.Attribute(AttributeNames.RegisterBlock) is not { } attribute
            || TypeShell.Read(type, mistakes, cancel) is not { } shell)
        {
            return null;
        }

        var block = new BlockDraft(type, attribute.Argument(0, 0u), attribute.Named("Bus", 4), mistakes, cancel);
        if (block.Size == 0)
            mistakes.Add(RegisterRules.BadBlock, Place.Of(attribute, "size"), "A block covers at least one byte; give its size, the end of its last register");
        if (!RegisterType.IsWidth(block.Bus))
        {
            mistakes.Add(RegisterRules.BadBlock, Place.Of(attribute, "Bus"), "A bus is 8, 16, 32 or 64 bits wide; use AccessWidth.Byte, Word, Dword or Qword");
            block.Bus = 8;
        }

        // Stored registers first, all of them: a handler may name one that is declared below it.
        string byteOrder = attribute.NamedEnum("ByteOrder", LittleEndian);
        int order = 0;
        foreach (ISymbol member in type.GetMembers())
        {
            cancel.ThrowIfCancellationRequested();
            order++;
            if (member is IPropertySymbol property && property.Attribute(AttributeNames.Register) is { } register)
                StoredRegisterReader.Read(block, property, register, order);
            else if (member is IPropertySymbol several && several.Attribute(AttributeNames.RegisterArray) is { } array)
                RegisterArrayReader.Read(block, several, array, order);
            else if (member is IPropertySymbol nested && nested.Attribute(AttributeNames.Block) is { } inner
                && NestedBlockReader.Read(block, byteOrder, nested, inner) is { } model)
            {
                block.Blocks.Add(model);
                block.BlockPlaces.Add(Place.Of(inner, "offset"));
            }
        }

        foreach (IPropertySymbol property in type.GetMembers().OfType<IPropertySymbol>())
        {
            int number = 0;
            foreach (AttributeData status in property.Attributes(AttributeNames.InterruptStatus))
            {
                if (InterruptStatusReader.Read(block, property, status, number++) is { } interrupt)
                    block.Interrupts.Add(interrupt);
            }

            IndexDataReader.Read(block, property);
        }

        order = 0;
        foreach (ISymbol member in type.GetMembers())
        {
            cancel.ThrowIfCancellationRequested();
            order++;
            if (member is IMethodSymbol method)
                HandlerReader.Read(block, method, order);
        }

        LayoutRules.Check(block);
        RangeRules.Check(block);
        MapChecks.Check(block, attribute);
        EquatableArray<SavedMember> saved = SavedMemberReader.Read(type, mistakes, cancel);
        return new RegisterBlockModel(
            shell,
            block.Size,
            block.Bus,
            attribute.NamedEnum("Wide", "global::Mdev.Sdk.Registers.WideAccess.EveryLane"),
            attribute.NamedEnum("Unmapped", "global::Mdev.Sdk.Registers.Unmapped.ReadZero"),
            byteOrder,
            PolicyOf(attribute).ToEquatableArray(),
            block.Properties.ToEquatableArray(),
            block.Registers.Select(r => r.Model).OrderBy(r => r.Offset).ThenBy(r => r.Order).ToEquatableArray(),
            block.Arrays.Select(a => a.Model).OrderBy(a => a.Offset).ToEquatableArray(),
            block.Blocks.OrderBy(b => b.Offset).ToEquatableArray(),
            block.Interrupts.ToEquatableArray(),
            block.ResetMethods.ToEquatableArray(),
            mistakes.Fatal)
        {
            Map = RegisterMapReader.Read(block),
            Partial = attribute.Named("Partial", 0),
            Saved = saved,
        };
    }

    private static IEnumerable<string> PolicyOf(AttributeData attribute)
    {
        foreach (KeyValuePair<string, TypedConstant> pair in attribute.NamedArguments)
        {
            if (pair.Key is "Min" or "Max" or "ByteOrder" or "Partial" && pair.Value.Type?.TypeKind == TypeKind.Enum)
                yield return $"{pair.Key} = {pair.Value.EnumText()}";
            else if (pair is { Key: "Unaligned", Value.Value: bool allowed })
                yield return $"Unaligned = {(allowed ? "true" : "false")}";
        }
    }
}
