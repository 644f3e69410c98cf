using Microsoft.CodeAnalysis;

namespace Mdev.Sdk.Generators.Diagnostics;

/// <summary>MDEV7nn: attributes of the vendor's own.</summary>
internal static class AttributeRules
{
    public static readonly DiagnosticDescriptor BadName = Rule.Fatal(
        "MDEV701",
        "The name cannot be an attribute's",
        "'{0}' cannot be the name of an attribute: {1}");

    public static readonly DiagnosticDescriptor DuplicateName = Rule.Fatal(
        "MDEV702",
        "Two attributes of a class have the same name",
        "'{0}' is the attribute of '{1}' already; give '{2}' another name");

    public static readonly DiagnosticDescriptor NoText = Rule.Fatal(
        "MDEV703",
        "The value of an attribute has a text form",
        "'{0}' is of type '{1}', which has no text form; use string, bool, an integer, an enum, Guid, or string[] or IReadOnlyList<string> for lines");

    public static readonly DiagnosticDescriptor WrongShape = Rule.Fatal(
        "MDEV704",
        "The member cannot be an attribute",
        "'{0}' cannot be an attribute: {1}");

    public static readonly DiagnosticDescriptor NoClass = Rule.Fatal(
        "MDEV705",
        "[MdevAttribute] belongs in a class that has objects",
        "'{0}' is in '{1}', which is no class that has objects; an attribute belongs to a device, a parent or a configuration");

    public static readonly DiagnosticDescriptor BadUndo = Rule.Fatal(
        "MDEV706",
        "Undo names nothing that undoes the command",
        "'{0}' is undone by '{1}', {2}");

    public static readonly DiagnosticDescriptor NobodysAttributes = Rule.WarningAtEnd(
        "MDEV707",
        "Nothing has the attributes of the class",
        "'{0}' has attributes, but is neither a device nor a parent nor the configuration of one in this assembly, so nothing shows them; derive it, or make it a parent's TConfig");
}
