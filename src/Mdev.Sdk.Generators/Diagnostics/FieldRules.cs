using Microsoft.CodeAnalysis;

namespace Mdev.Sdk.Generators.Diagnostics;

/// <summary>MDEV3nn: fields of a register.</summary>
internal static class FieldRules
{
    public static readonly DiagnosticDescriptor Overlap = Rule.Fatal(
        "MDEV301",
        "Two fields share bits",
        "'{0}' (bits {1}) overlaps '{2}' (bits {3}); move one of them");

    public static readonly DiagnosticDescriptor OutsideRegister = Rule.Fatal(
        "MDEV302",
        "The field lies outside its register",
        "'{0}' uses bit {1}, and the register has bits 0 to {2}; move it, or widen [BitFields]");

    public static readonly DiagnosticDescriptor Reversed = Rule.Fatal(
        "MDEV303",
        "The most significant bit comes first",
        "'{0}' goes from bit {1} down to bit {2}; write [{3}({2}, {1})]");

    public static readonly DiagnosticDescriptor EnumTooWide = Rule.Error(
        "MDEV304",
        "The enum has values that do not fit the field",
        "'{0}.{1}' is {2} and '{3}' holds at most {4}; widen the field or drop the value");

    public static readonly DiagnosticDescriptor WrongType = Rule.Fatal(
        "MDEV305",
        "The type does not suit the field",
        "'{0}' has {1}; {2}");

    public static readonly DiagnosticDescriptor OtherState = Rule.Fatal(
        "MDEV306",
        "A struct of bit fields holds something else",
        "'{0}' adds state to '{1}', whose fields are its whole value; remove it or make it static");

    public static readonly DiagnosticDescriptor BadWidth = Rule.Fatal(
        "MDEV309",
        "The width is none of a register",
        "{0} is no width of a register; use AccessWidth.Byte, Word, Dword or Qword");

    public static readonly DiagnosticDescriptor OpenBits = Rule.Warning(
        "MDEV307",
        "Bits are neither a field nor reserved",
        "Bits {0} of '{1}' are neither a field nor reserved, and take what a guest writes; declare them with [Bits], [Reserved] or [Unimplemented]");

    public static readonly DiagnosticDescriptor ResetTooWide = Rule.Fatal(
        "MDEV308",
        "The reset value is wider than the field",
        "The reset value 0x{0} of '{1}' needs more than its {2} bits");
}
