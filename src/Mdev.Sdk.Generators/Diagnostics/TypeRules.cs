using Microsoft.CodeAnalysis;

namespace Mdev.Sdk.Generators.Diagnostics;

/// <summary>MDEV0nn: types, parents and what they offer.</summary>
internal static class TypeRules
{
    public static readonly DiagnosticDescriptor NotPartial = Rule.Fatal(
        "MDEV001",
        "The declaration must be partial",
        "'{0}' is completed by generated code; add 'partial' to its declaration");

    public static readonly DiagnosticDescriptor DuplicateType = Rule.Fatal(
        "MDEV002",
        "Two types of a parent have the same name",
        "The parent already offers a type '{0}' ('{1}'); give '{2}' another name");

    public static readonly DiagnosticDescriptor DuplicateParent = Rule.ErrorAtEnd(
        "MDEV003",
        "Two parents of an assembly have the same name",
        "'{1}' is already named '{0}'; give '{2}' another name, as types are found by it");

    public static readonly DiagnosticDescriptor BadName = Rule.Fatal(
        "MDEV004",
        "The name cannot be a name in sysfs",
        "'{0}' cannot be part of a type's id, nor a budget's name; use 1 to 64 of the characters A-Z a-z 0-9 . _ -");

    public static readonly DiagnosticDescriptor BadTypeProperty = Rule.Fatal(
        "MDEV005",
        "[MdevType] belongs on a static property of the configuration type",
        "'{0}' must be a static property with a getter whose type is '{1}', the configuration of this parent");

    public static readonly DiagnosticDescriptor CostAboveCapacity = Rule.Warning(
        "MDEV006",
        "No instance of the type can ever be made",
        "'{0}' costs {1}, more than all of {2}, which is {3}; lower the cost or raise the capacity");

    public static readonly DiagnosticDescriptor NoConstructor = Rule.Fatal(
        "MDEV007",
        "The device has no constructor that the parent can call",
        "'{0}' needs a public or internal constructor whose parameters are among '{1}' and '{2}'; add one, or override CreateDevice");

    public static readonly DiagnosticDescriptor GenericOrAbstract = Rule.Fatal(
        "MDEV008",
        "A parent or device is generic or abstract",
        "'{0}' is {1}, and cannot be instantiated by the SDK; declare a class that is not");

    public static readonly DiagnosticDescriptor WrongBase = Rule.Fatal(
        "MDEV009",
        "The class has not the base that its attribute asks for",
        "'{0}' has {1} and must derive from {2}");

    public static readonly DiagnosticDescriptor BadAmount = Rule.Fatal(
        "MDEV010",
        "Capacities, costs and limits are at least 1",
        "{0} is {1}; it must be at least 1");

    public static readonly DiagnosticDescriptor DuplicateBudget = Rule.Fatal(
        "MDEV011",
        "A budget, or the cost in one, is declared twice",
        "'{0}' declares '{1}' twice; say once how much it is");

    public static readonly DiagnosticDescriptor NoBudget = Rule.Fatal(
        "MDEV012",
        "The cost is taken from a budget that the parent has not",
        "'{0}' takes of '{1}', which is no budget of the parent; put [MdevBudget(\"{1}\", …)] on '{3}'");
}
