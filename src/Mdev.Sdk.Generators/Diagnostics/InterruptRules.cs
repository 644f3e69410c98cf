using Microsoft.CodeAnalysis;

namespace Mdev.Sdk.Generators.Diagnostics;

/// <summary>MDEV5nn: interrupt lines.</summary>
internal static class InterruptRules
{
    public static readonly DiagnosticDescriptor BadVector = Rule.Fatal(
        "MDEV501",
        "The vector is out of range",
        "{0} vector {1} does not exist; a device has vectors 0 to {2}");

    public static readonly DiagnosticDescriptor NotALine = Rule.Fatal(
        "MDEV502",
        "The property is no interrupt line",
        "'{0}' is of type '{1}'; what is connected to an interrupt is a readable property of type InterruptLine");

    public static readonly DiagnosticDescriptor BadCount = Rule.Fatal(
        "MDEV504",
        "The number of vectors cannot be expressed, or is too small",
        "{0}");

    public static readonly DiagnosticDescriptor BadTable = Rule.Fatal(
        "MDEV505",
        "The MSI-X table does not fit its BAR",
        "{0}");

    public static readonly DiagnosticDescriptor BadPin = Rule.Fatal(
        "MDEV507",
        "The INTx pin is out of range, or lines ask for two",
        "'{0}' {1}; a device has one INTx pin, 1 (INTA) to 4 (INTD), which its lines share");

    public static readonly DiagnosticDescriptor NoLine = Rule.Fatal(
        "MDEV508",
        "The status register's line is no interrupt line",
        "'{1}' has no InterruptLine '{0}'; name a property, field or primary-constructor parameter of that type");

    public static readonly DiagnosticDescriptor BadEnable = Rule.Fatal(
        "MDEV503",
        "The enable or mask register does not fit the status register",
        "{0} names '{1}', which is no register as wide as '{2}'; name a property with [Register] of the same width");

    public static readonly DiagnosticDescriptor BadIrq = Rule.Fatal(
        "MDEV520",
        "The interrupt does not exist, or its lines want two kinds",
        "Interrupt {0} {1}");
}
