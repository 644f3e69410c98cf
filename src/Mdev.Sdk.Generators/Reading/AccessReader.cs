using System.Globalization;
using Mdev.Sdk.Generators.Diagnostics;
using Microsoft.CodeAnalysis;

namespace Mdev.Sdk.Generators.Reading;

/// <summary>Reads what a guest's access does: <c>Access</c> of a register or field, with <c>Mask</c>.</summary>
internal static class AccessReader
{
    public const int ReadWrite = 3;

    private const int R = 0x1, W = 0x2, W1S = 0x8, WriteModes = 0x3fe, ReadModes = 0xc00, Once = 0x1000, SelfClearing = 0x2000;

    /// <summary>The access that an attribute gives; <paramref name="otherwise"/> where it gives none, or one that cannot be.</summary>
    public static int Read(AttributeData attribute, string name, int otherwise, Mistakes mistakes)
    {
        int access = attribute.Named("Access", 0);
        if (access == 0)
            return otherwise;
        if (WhatIsWrong(access) is { } wrong)
        {
            mistakes.Add(RegisterRules.BadAccess, Place.Of(attribute, "Access"), name, wrong);
            return otherwise;
        }

        return access;
    }

    /// <summary>The masks of a register of <paramref name="type"/>: its own access where no field says otherwise.</summary>
    public static AccessMasks Masks(ITypeSymbol type, int access, ulong mask, ulong ones)
    {
        // Reserved bits can be read if the register can, and no more.
        ulong stated = WatchReader.Reserved(WatchReader.OfType(type)) & ones;
        AccessMasks masks = AccessMasks.Of(access & R, stated);
        foreach (AttributeData bits in FieldsOf(type))
        {
            int own = bits.Named("Access", 0);
            ulong place = PlaceOf(bits) & ones & ~stated;
            if (own == 0 || WhatIsWrong(own) is not null)
                continue;
            stated |= place;
            masks = masks.With(AccessMasks.Of(own, place));
        }

        return masks.With(AccessMasks.Of(access, ones & ~stated)).WritableIn(mask);
    }

    /// <summary>What the fields' reset values make.</summary>
    public static ulong ResetOf(ITypeSymbol type)
    {
        ulong reset = 0;
        foreach (AttributeData bits in FieldsOf(type))
        {
            ulong place = PlaceOf(bits);
            int low = bits.Argument(bits.ConstructorArguments.Length - 1, 0);
            if (place != 0)
                reset |= (bits.Named("Reset", 0ul) << low) & place;
        }

        return WatchReader.Forced(WatchReader.OfType(type), reset);
    }

    /// <summary>Why no bits can have that access; null if they can.</summary>
    public static string? WhatIsWrong(int access)
    {
        int writes = access & WriteModes;
        if ((writes & (writes - 1)) != 0)
            return "has two ways of writing; a bit has one";
        if ((access & ReadModes) == ReadModes)
            return "is both cleared and set by reading";
        if ((access & ReadModes) != 0 && (access & R) == 0)
            return "changes by reading and cannot be read; add Access.R";
        if ((access & Once) != 0 && writes != W)
            return "is written once by no plain write; combine Access.Once with Access.W";
        if ((access & SelfClearing) != 0 && writes is not (W or W1S))
            return "clears itself and is not set by a write; combine Access.SelfClearing with Access.W or Access.W1S";
        return null;
    }

    public static string Hex(ulong value) => value.ToString("x", CultureInfo.InvariantCulture);

    private static IEnumerable<AttributeData> FieldsOf(ITypeSymbol type) => type.Attribute(AttributeNames.BitFields) is null
        ? []
        : type.GetMembers().OfType<IPropertySymbol>().Select(p => p.Attribute(AttributeNames.Bits)).OfType<AttributeData>();

    // No bits for a field that lies nowhere, which has its own mistake.
    public static ulong PlaceOf(AttributeData bits)
    {
        int high = bits.Argument(0, 0), low = bits.Argument(bits.ConstructorArguments.Length - 1, 0);
        return low < 0 || high > 63 || high < low ? 0 : (ulong.MaxValue >> (63 - (high - low))) << low;
    }
}
