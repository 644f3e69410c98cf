using Microsoft.CodeAnalysis;

namespace Mdev.Sdk.Generators.Diagnostics;

/// <summary>MDEV2nn: the register map.</summary>
internal static class RegisterRules
{
    public static readonly DiagnosticDescriptor Overlap = Rule.Fatal(
        "MDEV201",
        "Two registers share bytes",
        "'{0}' ({1}) overlaps '{2}' ({3}) for {4}; move it to {5}, or give the two opposite conditions with When and Unless");

    public static readonly DiagnosticDescriptor MaybeOverlap = Rule.Warning(
        "MDEV202",
        "Two registers share bytes under conditions that do not exclude each other",
        "'{0}' ({1}) overlaps '{2}' ({3}) for {4} unless their conditions never hold together; where both do, '{2}' answers, so use When and Unless of the same member");

    public static readonly DiagnosticDescriptor OutsideBlock = Rule.Fatal(
        "MDEV203",
        "The register lies outside its block",
        "'{0}' ends at 0x{1}, the block at 0x{2}; move it, or give [RegisterBlock] a size of at least 0x{1}");

    public static readonly DiagnosticDescriptor Misaligned = Rule.Fatal(
        "MDEV204",
        "The register is not aligned to its width",
        "'{0}' is {1} bytes wide and must lie at a multiple of {1}; 0x{2} is not, 0x{3} would be");

    public static readonly DiagnosticDescriptor BadType = Rule.Fatal(
        "MDEV205",
        "The property or value cannot be a register",
        "'{0}' {1}; a register is an instance property with get, and set unless it is a constant, of byte, ushort, uint, ulong, an enum over one of them, or a [BitFields] struct");

    public static readonly DiagnosticDescriptor ResetTooWide = Rule.Fatal(
        "MDEV206",
        "The reset value is wider than the register",
        "The reset value 0x{0} of '{1}' needs more than its {2} bits; the register can hold 0x{3} of it");

    public static readonly DiagnosticDescriptor MaskTooWide = Rule.Fatal(
        "MDEV207",
        "The mask is wider than the register",
        "The mask 0x{0} of '{1}' names bits beyond its {2}; the widest is 0x{3}, which is also what no mask means");

    public static readonly DiagnosticDescriptor WiderThanBus = Rule.Fatal(
        "MDEV209",
        "The register is wider than the block's bus",
        "'{0}' has {1} bits, the bus {2}, and accesses of its lanes would act one by one; add Split = Split.Both, set Bus = AccessWidth.{3} on [RegisterBlock], or declare the halves as registers of their own");

    public static readonly DiagnosticDescriptor BadCondition = Rule.Fatal(
        "MDEV210",
        "The condition names no bool member of the block",
        "{0} names '{1}', which {2}; name a bool property, field or parameterless method of '{3}'");

    public static readonly DiagnosticDescriptor BadAccess = Rule.Fatal(
        "MDEV211",
        "The ways of access contradict each other",
        "'{0}' {1}");

    public static readonly DiagnosticDescriptor NoTarget = Rule.Error(
        "MDEV213",
        "The attribute belongs on a register",
        "'{0}' has {1}, which says more of a register, and is none; add [Register]");

    public static readonly DiagnosticDescriptor SharedLane = Rule.Fatal(
        "MDEV225",
        "An inner block shares a lane of the bus",
        "'{0}' takes a lane of '{1}'; inner blocks, and index and data pairs that reach them, have the lanes they lie in for themselves, so move one, or give the two opposite conditions with When and Unless");

    public static readonly DiagnosticDescriptor BadArray = Rule.Fatal(
        "MDEV208",
        "The array does not fit",
        "'{0}' cannot be an array: {1}");

    public static readonly DiagnosticDescriptor DuplicateName = Rule.Error(
        "MDEV215",
        "Two registers have the same name",
        "The block already has a register '{0}'; set Name to tell them apart in logs and traces");

    public static readonly DiagnosticDescriptor OutsideRegisterBlock = Rule.Error(
        "MDEV218",
        "The attribute has no effect outside a register block",
        "'{0}' has {1}, and '{2}' is no register block; add [RegisterBlock] to '{2}'");

    public static readonly DiagnosticDescriptor BadBlock = Rule.Fatal(
        "MDEV219",
        "The block has no bytes, or a bus of no width",
        "{0}");
}
