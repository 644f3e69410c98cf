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

        if (property is not { IsStatic: false, SetMethod: null, Type: INamedTypeSymbol { TypeArguments: [var element] } type }
            || !type.Is(AttributeNames.RegisterArrayOf)
            || RegisterType.Read(element) is not { } registerType)
        {
            // Completed as it is: the author shall see this mistake, and not that a part of the property is missing.
            block.Properties.Add(partial);
            if (property.Type.TypeKind != TypeKind.Error)
                mistakes.Add(RegisterRules.BadArray, Place.Of(property), property.Name, "it is a property with only a getter, of type RegisterArray<T> with an unsigned integer, an enum over one or a [BitFields] struct for T");
            return;
        }

        uint offset = attribute.Argument(0, 0u);
        int count = attribute.Argument(1, 0);
        uint stride = attribute.Named("Stride", (uint)registerType.Bytes);
        ulong mask = attribute.Named("Mask", ulong.MaxValue);
        ulong reset = attribute.HasNamed("Reset") ? attribute.Named("Reset", 0ul) : AccessReader.ResetOf(element);
        int access = AccessReader.Read(attribute, property.Name, AccessReader.ReadWrite, mistakes);
        AccessMasks all = AccessReader.Masks(element, access, registerType.Ones, registerType.Ones);
        var model = new RegisterModel(
            property.Name,
            offset,
            registerType,
            Conditions: default,
            order,
            $"{property.InDispatch()}[at]",
            all.WritableIn(mask),
            (all.R != 0 ? RegisterModel.Reads : 0) | (all.Written != 0 ? RegisterModel.Writes : 0),
            reset & registerType.Ones,
            attribute.Named("ResetOn", 0),
            ConditionReader.ReadGate(block, attribute),
            IsAlias: false,
            IsConstant: false,
            OnRead: null,
            OnWrite: null);
        var array = new RegisterArrayModel(partial, model, Math.Max(count, 1), stride);
        if (mask != ulong.MaxValue && (mask & ~registerType.Ones) != 0)
            mistakes.Add(RegisterRules.MaskTooWide, Place.Of(attribute, "Mask"), AccessReader.Hex(mask), property.Name, Text(registerType.Bits), AccessReader.Hex(registerType.Ones));
        if ((reset & ~registerType.Ones) != 0)
            mistakes.Add(RegisterRules.ResetTooWide, Place.Of(attribute, "Reset"), AccessReader.Hex(reset), property.Name, Text(registerType.Bits), AccessReader.Hex(reset & registerType.Ones));
        if (count < 1)
            mistakes.Add(RegisterRules.BadArray, Place.Of(attribute, "count"), property.Name, "it has no registers; the count is at least 1");
        else if (WhatIsWrong(block, array) is { } wrong)
            mistakes.Add(RegisterRules.BadArray, Place.Of(attribute, attribute.HasNamed("Stride") ? "Stride" : "offset"), property.Name, wrong);
        else if (array.End > block.Size)
            mistakes.Add(RegisterRules.OutsideBlock, Place.Of(attribute, "offset"), property.Name, Hex(array.End), Hex(block.Size));
        block.Arrays.Add(new RegisterArrayDraft(property, attribute, element, array));
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
        if (array.Stride % bus == 0)
            return null;
        if (bus % array.Stride != 0 || array.Stride % bytes != 0)
            return $"its stride of {array.Stride} is neither a multiple nor a divisor of the bus' {bus} bytes";
        return array.Offset % bus == 0
            ? null
            : $"several of its registers share a lane of the bus, and 0x{Hex(array.Offset)} is in the middle of one";
    }

    private static string Hex(long value) => value.ToString("x2", CultureInfo.InvariantCulture);

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);
}
