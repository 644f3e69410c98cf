using Mdev.Sdk.Generators.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Mdev.Sdk.Generators.Reading;

/// <summary>Reads the members of a block or device that its author wants saved, and finds those of which nothing is said.</summary>
internal static class SavedMemberReader
{
    private static readonly string[] s_registers =
    [
        AttributeNames.Register, AttributeNames.RegisterArray, AttributeNames.Block, AttributeNames.Bar, AttributeNames.Region,
        AttributeNames.Capability, AttributeNames.ExtendedCapability, AttributeNames.ExpansionRom,
        AttributeNames.IntX, AttributeNames.Msi, AttributeNames.MsiX, AttributeNames.Irq,
    ];

    public static EquatableArray<SavedMember> Read(INamedTypeSymbol type, Mistakes mistakes, CancellationToken cancel)
    {
        // The generated half of a register makes the whole of it look like ours; one with [Saved] is its author's mistake all the same.
        ISymbol[] members = [.. type.GetMembers().Where(m =>
            m is IFieldSymbol or IPropertySymbol && (!m.IsOurs() || m.Attribute(AttributeNames.Saved) is not null))];
        ISymbol[] wanted = [.. members.Where(m => m.Attribute(AttributeNames.Saved) is not null)];
        if (wanted.Length == 0)
            return default;

        var saved = new List<SavedMember>();
        foreach (ISymbol member in wanted)
        {
            if (WhatIsWrong(member, cancel) is { } wrong)
                mistakes.Add(StateRules.CannotBeSaved, Place.Of(member), member.Name, wrong);
            else if (Member(member) is { } model)
                saved.Add(model);
        }

        foreach (ISymbol member in members)
        {
            cancel.ThrowIfCancellationRequested();
            if (IsForgotten(member, cancel))
                mistakes.Add(StateRules.NothingSaid, Place.Of(member), member.Name, WhatIsWrong(member, cancel) is null ? "[Saved]" : "[NotSaved]");
        }

        return saved.ToEquatableArray();
    }

    private static SavedMember? Member(ISymbol member)
    {
        ITypeSymbol type = TypeOf(member);
        bool isArray = type is IArrayTypeSymbol;
        return SavedType.Read(type is IArrayTypeSymbol array ? array.ElementType : type) is { } value
            ? new SavedMember(
                member.Name,
                "this." + member.Name.Identifier(),
                value,
                isArray,
                isArray && type.NullableAnnotation == NullableAnnotation.Annotated,
                isArray && !CanBeAssigned(member))
            : null;
    }

    private static string? WhatIsWrong(ISymbol member, CancellationToken cancel)
    {
        ITypeSymbol type = TypeOf(member);
        if (member.IsStatic)
            return "it belongs to no device; a saved member is an instance's";
        if (IsRegister(member))
            return "it is a register, and registers are saved anyway; remove [Saved]";
        if (member is IPropertySymbol property && !IsAuto(property, cancel))
            return "it is computed; save what it is computed from";
        if (type is IArrayTypeSymbol { Rank: not 1 } || SavedType.Read(type is IArrayTypeSymbol array ? array.ElementType : type) is null)
        {
            // A type that does not exist is the compiler's to report, and then nothing is emitted for the member.
            return type.TypeKind == TypeKind.Error ? null : $"'{type.Shown()}' has no saved form; use an integer, bool, enum, float, [BitFields] struct, string, Guid or an array of one";
        }

        return type is not IArrayTypeSymbol && !CanBeAssigned(member) ? "it cannot be assigned; give it a setter, or do not save it" : null;
    }

    // What may change and is nobody's business so far: one complaint a declaration, however many variables it has.
    private static bool IsForgotten(ISymbol member, CancellationToken cancel)
    {
        if (member.IsStatic || member.IsImplicitlyDeclared || IsRegister(member)
            || member.Attribute(AttributeNames.Saved) is not null || member.Attribute(AttributeNames.NotSaved) is not null
            || (member is IPropertySymbol property && !IsAuto(property, cancel))
            || (member is IFieldSymbol field && !IsFirst(field, cancel)))
        {
            return false;
        }

        return CanBeAssigned(member) || (TypeOf(member) is IArrayTypeSymbol { Rank: 1 } array && SavedType.Read(array.ElementType) is not null);
    }

    private static ITypeSymbol TypeOf(ISymbol member) => member is IFieldSymbol field ? field.Type : ((IPropertySymbol)member).Type;

    private static bool CanBeAssigned(ISymbol member) => member switch
    {
        IFieldSymbol field => !field.IsReadOnly && !field.IsConst,
        IPropertySymbol property => property.SetMethod is { IsInitOnly: false },
        _ => false,
    };

    // Registers, and what else of a device has a state that is saved with it.
    private static bool IsRegister(ISymbol member) => member.GetAttributes().Any(static a =>
        s_registers.Any(name => a.AttributeClass.Is(name)));

    private static bool IsAuto(IPropertySymbol property, CancellationToken cancel) =>
        !property.IsIndexer && !property.IsAbstract && property.DeclaringSyntaxReferences.Any(r =>
            r.GetSyntax(cancel) is PropertyDeclarationSyntax { AccessorList.Accessors: var accessors } syntax
            && accessors.All(a => a.Body is null && a.ExpressionBody is null)
            && !syntax.Modifiers.Any(m => m.ValueText is "partial" or "abstract" or "extern"));

    private static bool IsFirst(IFieldSymbol field, CancellationToken cancel) => field.DeclaringSyntaxReferences.Any(r =>
        r.GetSyntax(cancel) is VariableDeclaratorSyntax { Parent: VariableDeclarationSyntax declaration } variable
        && declaration.Variables[0] == variable && declaration.Parent is FieldDeclarationSyntax);
}
