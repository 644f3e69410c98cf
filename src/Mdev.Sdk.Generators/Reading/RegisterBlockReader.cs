using Mdev.Sdk.Generators.Diagnostics;
using Microsoft.CodeAnalysis;

namespace Mdev.Sdk.Generators.Reading;

/// <summary>Reads a class with <c>[RegisterBlock]</c>.</summary>
internal static class RegisterBlockReader
{
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
        int order = 0;
        foreach (ISymbol member in type.GetMembers())
        {
            cancel.ThrowIfCancellationRequested();
            order++;
            if (member is IPropertySymbol property && property.Attribute(AttributeNames.Register) is { } register)
                StoredRegisterReader.Read(block, property, register, order);
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
        return new RegisterBlockModel(
            shell,
            block.Size,
            block.Bus,
            attribute.NamedEnum("Wide", "global::Mdev.Sdk.Registers.WideAccess.EveryLane"),
            attribute.NamedEnum("Unmapped", "global::Mdev.Sdk.Registers.Unmapped.ReadZero"),
            block.Properties.ToEquatableArray(),
            block.Registers.Select(r => r.Model).OrderBy(r => r.Offset).ThenBy(r => r.Order).ToEquatableArray(),
            block.ResetMethods.ToEquatableArray(),
            mistakes.Fatal);
    }
}
