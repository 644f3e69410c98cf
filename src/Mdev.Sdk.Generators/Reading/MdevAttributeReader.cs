using Mdev.Sdk.Generators.Diagnostics;
using Microsoft.CodeAnalysis;

namespace Mdev.Sdk.Generators.Reading;

/// <summary>Reads a class whose members have <c>[MdevAttribute]</c>.</summary>
internal sealed class MdevAttributeReader(INamedTypeSymbol type, MdevAttributeOwner owner, Mistakes mistakes)
{
    private readonly List<(ISymbol Member, AttributeData Attribute, MdevAttributeModel Model)> _own = [];
    private readonly List<(string Name, ISymbol Member)> _names = [];

    public static MdevAttributesModel? Read(INamedTypeSymbol type, Mistakes mistakes, CancellationToken cancel)
    {
        List<(ISymbol Member, AttributeData Attribute)> found = [.. MdevAttributeMember.Of(type)];
        if (found.Count == 0)
            return null;
        if (type is not { TypeKind: TypeKind.Class, IsStatic: false })
        {
            foreach ((ISymbol member, AttributeData attribute) in found)
                mistakes.Add(AttributeRules.NoClass, attribute, member.Name, type.Name);
            return null;
        }

        var reader = new MdevAttributeReader(type, OwnerOf(type), mistakes);
        reader.ReadMembers(found, cancel);
        if (ShellOf(type, mistakes, cancel) is not { } shell || AuthorImplements(type))
            return null;
        return new MdevAttributesModel(
            shell,
            mistakes.Fatal ? default : reader._own.Select(a => a.Model).ToEquatableArray(),
            reader.IsDevice,
            type.IsSealed,
            MdevAttributeBase.Of(type, cancel) is not null);
    }

    public static MdevAttributeOwner OwnerOf(INamedTypeSymbol type) =>
        type.BaseNamed(AttributeNames.VfioDeviceBase) is not null ? MdevAttributeOwner.Device
        : type.BaseNamed(AttributeNames.MdevParentBase) is not null ? MdevAttributeOwner.Parent
        : MdevAttributeOwner.Other;

    /// <summary>Whether the author has written the interface himself, and only the attributes' checks are wanted.</summary>
    public static bool AuthorImplements(INamedTypeSymbol type) => type.GetMembers().Any(m => !m.IsOurs() && m switch
    {
        IMethodSymbol method => method.ExplicitInterfaceImplementations.Any(i => i.ContainingType.Is(AttributeNames.AttributesInterface)),
        _ => false,
    });

    private bool IsDevice => owner == MdevAttributeOwner.Device;

    // Whoever has an attribute on the class is told by its reader.
    private static TypeShell? ShellOf(INamedTypeSymbol type, Mistakes mistakes, CancellationToken cancel)
    {
        bool told = type.Attribute(AttributeNames.PciDevice) is not null || type.Attribute(AttributeNames.VfioDevice) is not null
            || type.Attribute(AttributeNames.MdevParent) is not null;
        return TypeShell.Read(type, told ? new CountedMistakes() : mistakes, cancel);
    }

    private void ReadMembers(List<(ISymbol Member, AttributeData Attribute)> found, CancellationToken cancel)
    {
        foreach ((ISymbol member, AttributeData attribute) in MdevAttributeBase.MembersOf(type))
            _names.Add((NameOf(member, attribute), member));
        foreach ((ISymbol member, AttributeData attribute) in found)
        {
            cancel.ThrowIfCancellationRequested();
            ReadMember(member, attribute);
        }

        foreach ((ISymbol member, AttributeData attribute, MdevAttributeModel model) in _own)
        {
            if (model.Undo is { } undo && WhyNotUndone(member, model, undo) is { } why)
                mistakes.Add(AttributeRules.BadUndo, Place.Of(attribute, "Undo"), model.Name, undo, why, NameOfMember(undo));
        }
    }

    private void ReadMember(ISymbol member, AttributeData attribute)
    {
        string name = NameOf(member, attribute);
        if (SysfsName.WhyNoAttribute(name, owner) is { } reserved)
            mistakes.Add(AttributeRules.BadName, Place.Of(attribute, "name"), name, reserved, SysfsName.Corrected(name));
        else if (Taken(name) is { } other)
            AddTaken(attribute, other, member);
        _names.Add((name, member));

        if (MdevAttributeMember.WhatIsWrong(member) is { } wrong)
        {
            mistakes.Add(AttributeRules.WrongShape, Place.Of(member), member.Name, wrong);
            return;
        }

        ITypeSymbol type = MdevAttributeMember.ValueOf(member);
        bool readable = MdevAttributeMember.IsReadable(member), writable = MdevAttributeMember.IsWritable(member);
        if (MdevAttributeValue.Read(type, writable) is { } value)
        {
            string code = (member.IsStatic ? member.ContainingType.Qualified() : "this") + "." + member.Name.Identifier();
            string? undo = attribute.Named<string?>("Undo", null);
            _own.Add((member, attribute, new MdevAttributeModel(name, code, member is IMethodSymbol, value, readable, writable, undo)));
        }
        else if (type.TypeKind != TypeKind.Error)
        {
            mistakes.Add(AttributeRules.NoText, Place.Of(member), member.Name, type.Shown());
        }
    }

    private static string NameOf(ISymbol member, AttributeData attribute) =>
        attribute.Argument<string?>(0, null) ?? SysfsName.Of(member.Name);

    // A file, or a group that is a file elsewhere.
    private (string Name, ISymbol Member)? Taken(string name)
    {
        foreach ((string other, ISymbol member) in _names)
        {
            if (other == name || other.StartsWith(name + "/", StringComparison.Ordinal) || name.StartsWith(other + "/", StringComparison.Ordinal))
                return (other, member);
        }

        return null;
    }

    private void AddTaken(AttributeData attribute, (string Name, ISymbol Member) other, ISymbol member)
    {
        Place place = Place.Of(attribute, "name");
        if (other.Member.Attribute(AttributeNames.MdevAttribute) is { ApplicationSyntaxReference: not null } first)
            mistakes.AddPair(AttributeRules.DuplicateName, place, Place.Of(first, "name"), other.Name, other.Member.Name, member.Name);
        else
            mistakes.Add(AttributeRules.DuplicateName, place, other.Name, other.Member.Name, member.Name);
    }

    private string? WhyNotUndone(ISymbol member, MdevAttributeModel model, string undo)
    {
        if (!model.IsCommand)
            return "but an attribute that can be read is undone by what it was before; remove Undo";
        ISymbol? named = _names.FirstOrDefault(n => n.Name == undo).Member;
        if (named is null && NameOfMember(undo) is { Length: > 0 } meant)
            return $"which is a member and no attribute; its attribute is '{meant}'";
        if (named is null)
            return "which is no attribute of this class";
        if (MdevAttributeMember.IsReadable(named))
            return MdevAttributeMember.IsWritable(named) ? null : "which cannot be written";
        ITypeSymbol given = MdevAttributeMember.ValueOf(member), wanted = MdevAttributeMember.ValueOf(named);
        return SymbolEqualityComparer.Default.Equals(given, wanted)
            ? null
            : $"which takes '{wanted.Shown()}' and not '{given.Shown()}'";
    }

    // What an author meant who named the member; empty if he did not.
    private string NameOfMember(string text) => _names.FirstOrDefault(n => n.Member.Name == text).Name ?? "";
}
