using Microsoft.CodeAnalysis;

namespace Mdev.Sdk.Generators.Diagnostics;

/// <summary>MDEV220 on: blocks inside of a block.</summary>
internal static class NestingRules
{
    public static readonly DiagnosticDescriptor NotABlock = Rule.Fatal(
        "MDEV220",
        "[Block] belongs on a property whose type is a register block",
        "'{0}' is of type '{1}'; an inner block's property is readable and its type a class with [RegisterBlock], or an array of one");

    public static readonly DiagnosticDescriptor OtherBus = Rule.Fatal(
        "MDEV221",
        "The inner block has another bus or byte order than the outer one",
        "'{0}' lies in '{2}', and '{1}' has another Bus or ByteOrder; give both the same");

    public static readonly DiagnosticDescriptor OffTheBus = Rule.Fatal(
        "MDEV222",
        "The inner block does not lie at a lane of the bus",
        "'{0}' must lie at a multiple of the bus' {1} bytes, with a stride that is one too; 0x{2} is none");

    public static readonly DiagnosticDescriptor BadCount = Rule.Fatal(
        "MDEV223",
        "The number of inner blocks does not fit the property",
        "'{0}' has a Count of {1}; several blocks need a property of type '{2}[]', one at least 1");
}
