using System.Globalization;
using Mdev.Sdk.Generators.Diagnostics;
using Microsoft.CodeAnalysis;

namespace Mdev.Sdk.Generators.Reading;

/// <summary>Reads <c>[Reserved]</c> and <c>[Unimplemented]</c>, of a struct of bit fields and of a register.</summary>
internal static class WatchReader
{
    /// <summary>What a register says itself; its mistakes are reported, and left out.</summary>
    public static EquatableArray<WatchedBits> Of(IPropertySymbol register, RegisterType type, Mistakes mistakes) => register.GetAttributes()
        .Where(a => IsWatch(a) && Check(a, type.Bytes, mistakes))
        .Select(a => Read(a, type.Ones))
        .ToEquatableArray();

    /// <summary>What the type of a register says of all registers that have it.</summary>
    public static EquatableArray<WatchedBits> OfType(ITypeSymbol type)
    {
        if (type.Attribute(AttributeNames.BitFields) is not { } fields)
            return default;
        ulong ones = OnesOf(fields);
        IEnumerable<WatchedBits> own = type.GetAttributes().Where(IsWatch).Select(a => Read(a, ones));
        IEnumerable<WatchedBits> named = type.GetMembers().OfType<IPropertySymbol>()
            .Select(p => (Bits: p.Attribute(AttributeNames.Bits), Watch: p.Attribute(AttributeNames.Unimplemented)))
            .Where(p => p is { Bits: not null, Watch: not null })
            .Select(p => Read(p.Watch!, AccessReader.PlaceOf(p.Bits!) & ones));
        return own.Concat(named).Where(w => w.Mask != 0).ToEquatableArray();
    }

    /// <summary>What the type says and what a register says itself, together: what is reserved is not also unimplemented.</summary>
    public static EquatableArray<WatchedBits> Together(IEnumerable<WatchedBits> type, IEnumerable<WatchedBits> own)
    {
        WatchedBits[] all = [.. type, .. own];
        ulong reserved = Reserved(all);
        return all.Select(w => w.IsReserved ? w : w with { Mask = w.Mask & ~reserved }).Where(w => w.Mask != 0).ToEquatableArray();
    }

    public static ulong Reserved(IEnumerable<WatchedBits> watched) =>
        watched.Where(w => w.IsReserved).Aggregate(0ul, (all, w) => all | w.Mask);

    /// <summary>A reset value, with the reserved bits as they must be.</summary>
    public static ulong Forced(IEnumerable<WatchedBits> watched, ulong reset) =>
        watched.Aggregate(reset, (value, w) => w is { IsReserved: true, Value: { } must } ? (value & ~w.Mask) | must : value);

    /// <summary>Whether a block has any register that is watched, itself or in an inner block.</summary>
    public static bool IsAnyIn(ITypeSymbol block) => IsAnyIn(block, []);

    /// <summary>Whether the bits lie in a register of that width; reports it if not.</summary>
    public static bool Check(AttributeData attribute, int bytes, Mistakes mistakes)
    {
        string name = Name(attribute);
        if (!HasPlace(attribute))
            return true;
        (int high, int low) = Place(attribute);
        int last = (bytes * 8) - 1, outside = high < 0 || high > last ? high : low;
        if (outside < 0 || outside > last)
        {
            mistakes.Add(FieldRules.OutsideRegister, attribute, $"[{name}]", Text(outside), Text(last));
            return false;
        }

        if (high < low)
        {
            mistakes.Add(FieldRules.Reversed, attribute, $"[{name}]", Text(high), Text(low), name);
            return false;
        }

        int width = high - low + 1;
        ulong value = attribute.Named("Value", 0ul);
        if (width < 64 && value >> width != 0)
        {
            mistakes.Add(FieldRules.ResetTooWide, Diagnostics.Place.Of(attribute, "Value"), AccessReader.Hex(value), $"[{name}]", Text(width));
            return false;
        }

        return true;
    }

    public static bool IsWatch(AttributeData attribute) =>
        attribute.AttributeClass.Is(AttributeNames.Reserved) || attribute.AttributeClass.Is(AttributeNames.Unimplemented);

    public static (int High, int Low) Place(AttributeData attribute) =>
        (attribute.Argument(0, 0), attribute.Argument(Numbers(attribute) - 1, 0));

    private static bool IsAnyIn(ITypeSymbol block, HashSet<ISymbol> asked)
    {
        if (!asked.Add(block))
            return false;
        foreach (IPropertySymbol property in block.GetMembers().OfType<IPropertySymbol>())
        {
            ITypeSymbol type = property.Type switch
            {
                IArrayTypeSymbol array => array.ElementType,
                INamedTypeSymbol { TypeArguments: [var element] } => element,
                var plain => plain,
            };
            bool isRegister = property.GetAttributes().Any(a => a.AttributeClass.Is(AttributeNames.Register) || a.AttributeClass.Is(AttributeNames.RegisterArray));
            if (isRegister && (property.GetAttributes().Any(IsWatch) || OfType(type).Count > 0))
                return true;
            if (property.Attribute(AttributeNames.Block) is not null && IsAnyIn(type, asked))
                return true;
        }

        return false;
    }

    private static WatchedBits Read(AttributeData attribute, ulong ones)
    {
        ulong mask = ones;
        int low = 0;
        if (HasPlace(attribute))
        {
            (int high, low) = Place(attribute);
            mask = low < 0 || high > 63 || high < low ? 0 : ((ulong.MaxValue >> (63 - (high - low))) << low) & ones;
        }

        return attribute.AttributeClass.Is(AttributeNames.Reserved)
            ? new WatchedBits(mask, attribute.HasNamed("Value") ? (attribute.Named("Value", 0ul) << low) & mask : null, null)
            : new WatchedBits(mask, null, attribute.Argument(Numbers(attribute), "") ?? "");
    }

    // The place comes first, the reason of what is not implemented after it.
    private static int Numbers(AttributeData attribute) => attribute.ConstructorArguments.Count(a => a.Value is int);

    private static bool HasPlace(AttributeData attribute) => Numbers(attribute) > 0;

    private static string Name(AttributeData attribute) => attribute.AttributeClass!.Name.Replace("Attribute", "");

    private static ulong OnesOf(AttributeData fields) =>
        fields.Argument(0, 0) is var bytes && RegisterType.IsWidth(bytes) ? ulong.MaxValue >> (64 - (8 * bytes)) : ulong.MaxValue;

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);
}
