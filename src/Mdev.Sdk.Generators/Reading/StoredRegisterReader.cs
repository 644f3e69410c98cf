using System.Globalization;
using Mdev.Sdk.Generators.Diagnostics;
using Microsoft.CodeAnalysis;

namespace Mdev.Sdk.Generators.Reading;

/// <summary>Reads a property with <c>[Register]</c>, and its other addresses.</summary>
internal static class StoredRegisterReader
{
    public static void Read(BlockDraft block, IPropertySymbol property, AttributeData attribute, int order)
    {
        Mistakes mistakes = block.Mistakes;
        if (PartialProperty.Read(property, block.Cancel) is { } partial)
            block.Properties.Add(partial);
        else if (!PartialProperty.IsPartial(property, block.Cancel))
            mistakes.Add(TypeRules.NotPartial, Place.Of(property), property.Name);

        if (WhatIsWrong(property) is { } wrong)
        {
            mistakes.Add(RegisterRules.BadType, Place.Of(property), property.Name, wrong);
            return;
        }

        RegisterType? type = RegisterType.Read(property.Type);
        if (type is null)
        {
            // A type that does not exist is the compiler's to report.
            if (property.Type.TypeKind != TypeKind.Error)
                mistakes.Add(RegisterRules.BadType, Place.Of(property), property.Name, $"is of type '{property.Type.Shown()}'");
            return;
        }

        ulong mask = attribute.Named("Mask", ulong.MaxValue);
        if (mask != ulong.MaxValue && (mask & ~type.Ones) != 0)
        {
            mistakes.Add(RegisterRules.MaskTooWide, Place.Of(attribute, "Mask"), Hex(mask), property.Name, Text(type.Bits), Hex(type.Ones));
        }

        ulong reset = attribute.HasNamed("Reset") ? attribute.Named("Reset", 0ul) : AccessReader.ResetOf(property.Type);
        if ((reset & ~type.Ones) != 0)
        {
            mistakes.Add(
                RegisterRules.ResetTooWide, Place.Of(attribute, "Reset"), Hex(reset), property.Name, Text(type.Bits), Hex(reset & type.Ones));
        }

        // A constant takes no write, whatever it says.
        bool constant = property.SetMethod is null;
        int access = AccessReader.Read(attribute, property.Name, constant ? 1 : AccessReader.ReadWrite, mistakes);
        AccessMasks masks = AccessReader.Masks(property.Type, access, constant ? 0 : mask & type.Ones, type.Ones);
        EquatableArray<WatchedBits> own = WatchReader.Of(property, type, mistakes);
        EquatableArray<WatchedBits> watched = WatchReader.Together(WatchReader.OfType(property.Type), own);
        var model = new RegisterModel(
            property.Name,
            attribute.Argument(0, 0u),
            type,
            ConditionReader.Read(block, attribute),
            order,
            property.InDispatch(),
            masks.Fixed(WatchReader.Reserved(own)),
            Directions(property.Type, access, type.Ones, constant),
            WatchReader.Forced(watched, reset & type.Ones),
            attribute.Named("ResetOn", 0),
            ConditionReader.ReadGate(block, attribute),
            IsAlias: false,
            IsConstant: constant,
            OnRead: null,
            OnWrite: null)
        {
            Split = attribute.Named("Split", 0),
            Watched = watched,
        };
        block.Registers.Add(new RegisterDraft(property, attribute, model));
        foreach (AttributeData alias in property.Attributes(AttributeNames.Alias))
            ReadAlias(block, property, alias, model, mask & type.Ones);
    }

    /// <summary>
    /// An address' own access, which is that of every bit but reserved ones: an acknowledge register clears what the status register
    /// only shows.
    /// </summary>
    public static AccessMasks OwnAccess(int access, RegisterModel register, ulong mask) =>
        AccessMasks.Of(access, register.Type.Ones).WritableIn(mask).Fixed(WatchReader.Reserved(register.Watched));

    /// <summary>What is still worth telling of an address with an access of its own: a driver that acknowledges writes zeros and ones.</summary>
    public static EquatableArray<WatchedBits> WatchedAtAlias(RegisterModel register) =>
        register.Watched.Where(w => !w.IsReserved).ToEquatableArray();

    private static void ReadAlias(
        BlockDraft block, IPropertySymbol property, AttributeData alias, RegisterModel register, ulong mask)
    {
        int access = AccessReader.Read(alias, property.Name, 0, block.Mistakes);
        if (alias.HasNamed("Stride"))
            block.Mistakes.Add(RegisterRules.BadArray, Place.Of(alias, "Stride"), property.Name, "it is one register, and Stride is the distance of several; remove it");

        AccessMasks masks = access == 0 ? register.Access : OwnAccess(access, register, mask);
        string name = alias.Named("Name", property.Name);
        block.Registers.Add(new RegisterDraft(property, alias, register with
        {
            Name = name,
            Offset = alias.Argument(0, 0u),
            Conditions = ConditionReader.Read(block, alias),
            Access = masks,
            Claims = access == 0 ? register.Claims : Directions(access),
            IsAlias = true,
            Watched = access == 0 ? register.Watched : WatchedAtAlias(register),
        }));
    }

    private static int Directions(ITypeSymbol type, int access, ulong ones, bool constant)
    {
        AccessMasks all = AccessReader.Masks(type, access, ones, ones);
        return (all.R != 0 ? RegisterModel.Reads : 0) | (all.Written != 0 && !constant ? RegisterModel.Writes : 0);
    }

    /// <summary>Directions that one access of every bit lets the guest in.</summary>
    public static int Directions(int access)
    {
        AccessMasks all = AccessMasks.Of(access, 1);
        return (all.R != 0 ? RegisterModel.Reads : 0) | (all.Written != 0 ? RegisterModel.Writes : 0);
    }

    private static string? WhatIsWrong(IPropertySymbol property) => property switch
    {
        { IsStatic: true } => "is static",
        { IsIndexer: true } => "is an indexer",
        { RefKind: not RefKind.None } => "returns a reference",
        { GetMethod: null } => "has no getter",
        { SetMethod.IsInitOnly: true } => "can only be set at creation",
        _ => null,
    };

    private static string Hex(ulong value) => AccessReader.Hex(value);

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);
}
