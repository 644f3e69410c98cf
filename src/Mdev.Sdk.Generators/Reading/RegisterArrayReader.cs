using System.Globalization;
using Mdev.Sdk.Generators.Diagnostics;
using Microsoft.CodeAnalysis;

namespace Mdev.Sdk.Generators.Reading;

/// <summary>Reads a property with <c>[RegisterArray]</c>.</summary>
internal static class RegisterArrayReader
{
    public static void Read(BlockDraft block, IPropertySymbol property, AttributeData attribute, int order)
    {
        Mistakes mistakes = block.Mistakes;
        if (PartialProperty.Read(property, block.Cancel) is not { } partial)
        {
            if (!PartialProperty.IsPartial(property, block.Cancel))
                mistakes.Add(TypeRules.NotPartial, Place.Of(property), property.Name);
            return;
        }

        if (property is not { IsStatic: false, SetMethod: null, Type: INamedTypeSymbol type }
            || ElementOf(type) is not { } element
            || RegisterType.Read(element) is not { } registerType)
        {
            // Completed as it is: the author shall see this mistake, and not that a part of the property is missing.
            block.Properties.Add(partial);
            if (property.Type.TypeKind != TypeKind.Error)
                mistakes.Add(RegisterRules.BadArray, Place.Of(property), property.Name, "it is a property with only a getter, of type RegisterArray<T>, or RegisterArray<TIndex, T> with an enum for TIndex, and an unsigned integer, an enum over one or a [BitFields] struct for T");
            return;
        }

        bool placed = attribute.ConstructorArguments.Length > 0;
        int count = attribute.Named("Count", attribute.Argument(1, 0));
        uint stride = attribute.Named("Stride", (uint)registerType.Bytes);
        ulong mask = attribute.Named("Mask", ulong.MaxValue);
        ulong reset = attribute.HasNamed("Reset") ? attribute.Named("Reset", 0ul) : AccessReader.ResetOf(element);
        int access = AccessReader.Read(attribute, property.Name, AccessReader.ReadWrite, mistakes);
        AccessMasks all = AccessReader.Masks(element, access, registerType.Ones, registerType.Ones);
        EquatableArray<WatchedBits> own = WatchReader.Of(property, registerType, mistakes);
        EquatableArray<WatchedBits> watched = WatchReader.Together(WatchReader.OfType(element), own);
        var model = new RegisterModel(
            property.Name,
            attribute.Argument(0, 0u),
            registerType,
            ConditionReader.Read(block, attribute),
            order,
            $"{property.InDispatch()}[at]",
            all.WritableIn(mask).Fixed(WatchReader.Reserved(own)),
            (all.R != 0 ? RegisterModel.Reads : 0) | (all.Written != 0 ? RegisterModel.Writes : 0),
            WatchReader.Forced(watched, reset & registerType.Ones),
            attribute.Named("ResetOn", 0),
            ConditionReader.ReadGate(block, attribute),
            IsAlias: false,
            IsConstant: false,
            OnRead: null,
            OnWrite: null)
        {
            Address = AddressOf(attribute.Argument(0, 0u), stride),
            Watched = watched,
        };
        if (mask != ulong.MaxValue && (mask & ~registerType.Ones) != 0)
            mistakes.Add(RegisterRules.MaskTooWide, Place.Of(attribute, "Mask"), AccessReader.Hex(mask), property.Name, Text(registerType.Bits), AccessReader.Hex(registerType.Ones));
        if ((reset & ~registerType.Ones) != 0)
            mistakes.Add(RegisterRules.ResetTooWide, Place.Of(attribute, "Reset"), AccessReader.Hex(reset), property.Name, Text(registerType.Bits), AccessReader.Hex(reset & registerType.Ones));

        ITypeSymbol? index = type.TypeArguments.Length == 2 ? type.TypeArguments[0] : null;
        var array = new RegisterArrayModel(partial, model, Math.Max(count, 1), stride)
        {
            Index = index?.Qualified(),
            IsPlaced = placed,
            Resets = ResetsReader.Read(attribute, property.Name, count, registerType, mistakes).Select(r => WatchReader.Forced(watched, r)).ToEquatableArray(),
        };
        if (count < 1)
            mistakes.Add(RegisterRules.BadArray, Place.Of(attribute, attribute.HasNamed("Count") ? "Count" : "count"), property.Name, "it has no registers; the count is at least 1");
        else if (placed && attribute.HasNamed("Count"))
            mistakes.Add(RegisterRules.BadArray, Place.Of(attribute, "Count"), property.Name, "its count stands behind the offset already; remove Count");
        else if (placed)
            CheckPlace(block, attribute, array);
        else if (property.Attribute(AttributeNames.IndexData) is null)
            mistakes.Add(RegisterRules.BadArray, attribute, property.Name, "it has no address; give it an offset and a count, or [IndexData]");
        block.Arrays.Add(new RegisterArrayDraft(property, attribute, element, array) { Index = index });
        foreach (AttributeData alias in property.Attributes(AttributeNames.Alias))
            block.Arrays.Add(new RegisterArrayDraft(property, alias, element, ReadAlias(block, alias, array, mask)) { Index = index });
    }

    private static ITypeSymbol? ElementOf(INamedTypeSymbol type) => type.TypeArguments switch
    {
        [var element] when type.Is(AttributeNames.RegisterArrayOf) => element,
        [{ TypeKind: TypeKind.Enum }, var element] when type.Is(AttributeNames.RegisterArrayOfIndex) => element,
        _ => null,
    };

    // Where the element lies whose number is the local "at".
    private static string AddressOf(uint offset, uint stride) => $"(0x{Hex(offset)}u + ((uint)at * 0x{Hex(stride)}u))";

    private static RegisterArrayModel ReadAlias(BlockDraft block, AttributeData alias, RegisterArrayModel array, ulong mask)
    {
        RegisterModel element = array.Element;
        int access = AccessReader.Read(alias, element.Name, 0, block.Mistakes);
        RegisterArrayModel other = array with
        {
            Element = element with
            {
                Name = alias.Named("Name", element.Name),
                Offset = alias.Argument(0, 0u),
                Conditions = ConditionReader.Read(block, alias),
                Access = access == 0 ? element.Access : StoredRegisterReader.OwnAccess(access, element, mask),
                Claims = access == 0 ? element.Claims : StoredRegisterReader.Directions(access),
                IsAlias = true,
                Watched = access == 0 ? element.Watched : StoredRegisterReader.WatchedAtAlias(element),
                Address = AddressOf(alias.Argument(0, 0u), alias.Named("Stride", array.Stride)),
            },
            Stride = alias.Named("Stride", array.Stride),
            IsPlaced = true,
        };
        CheckPlace(block, alias, other);
        return other;
    }

    private static void CheckPlace(BlockDraft block, AttributeData attribute, RegisterArrayModel array)
    {
        string name = array.Property.Name.TrimStart('@');
        if (WhatIsWrong(block, array) is { } wrong)
            block.Mistakes.Add(RegisterRules.BadArray, Place.Of(attribute, attribute.HasNamed("Stride") ? "Stride" : "offset"), name, wrong);
        else if (array.End > block.Size)
            block.Mistakes.Add(RegisterRules.OutsideBlock, Place.Of(attribute, "offset"), name, Hex(array.End), Hex(block.Size));
    }

    private static string? WhatIsWrong(BlockDraft block, RegisterArrayModel array)
    {
        uint bus = (uint)block.Bus, bytes = (uint)array.Element.Type.Bytes;
        if (bytes > bus)
            return $"its registers have {Text(array.Element.Type.Bits)} bits, the bus {Text(block.Bus * 8)}";
        if (array.Offset % bytes != 0)
            return $"its registers are {Text((int)bytes)} bytes wide, and 0x{Hex(array.Offset)} is no multiple of that";
        if (array.Stride < bytes)
            return $"its stride of {array.Stride} is less than the {Text((int)bytes)} bytes of a register";
        return array.Stride % bytes == 0
            ? null
            : $"its stride of {array.Stride} is no multiple of the {Text((int)bytes)} bytes of a register";
    }

    private static string Hex(long value) => value.ToString("x2", CultureInfo.InvariantCulture);

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);
}
