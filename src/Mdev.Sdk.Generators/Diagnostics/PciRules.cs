using Microsoft.CodeAnalysis;

namespace Mdev.Sdk.Generators.Diagnostics;

/// <summary>MDEV1nn: config space and regions.</summary>
internal static class PciRules
{
    public static readonly DiagnosticDescriptor BadBarIndex = Rule.Fatal(
        "MDEV101",
        "The BAR does not exist, or two parts of it share bytes",
        "{0} {1}");

    public static readonly DiagnosticDescriptor NoUpperHalf = Rule.Fatal(
        "MDEV102",
        "A 64-bit BAR takes the next BAR too",
        "BAR {0} is 64 bits wide and needs the next one for the upper half of its address, but {1}; move one of them");

    public static readonly DiagnosticDescriptor IoBarTooLarge = Rule.Fatal(
        "MDEV104",
        "An I/O BAR decodes 4 to 256 bytes",
        "{0}, and an I/O BAR decodes 4 to 256 bytes; change that, or use BarKind.Memory32");

    public static readonly DiagnosticDescriptor BarTooLarge = Rule.Fatal(
        "MDEV106",
        "What lies in a BAR or region is larger than it",
        "'{0}' ends at 0x{1}, and {2}");

    public static readonly DiagnosticDescriptor BadIdentity = Rule.Error(
        "MDEV112",
        "The identity does not fit config space",
        "{0}");

    public static readonly DiagnosticDescriptor NoSubsystem = Rule.Info(
        "MDEV114",
        "The device has no subsystem IDs",
        "'{0}' says neither SubsystemVendor nor Subsystem, by which drivers tell boards with one chip apart; say Subsystem = 0 if it has none");

    public static readonly DiagnosticDescriptor UnusualBars = Rule.WarningOnDemand(
        "MDEV115",
        "The BARs are not those that the class code leads to expect",
        "The class code 0x{0} is that of {1}, and '{2}' has no {3}");

    public static readonly DiagnosticDescriptor BadConfigData = Rule.Fatal(
        "MDEV116",
        "The bytes do not fit the vendor's part of config space",
        "The bytes 0x{0} to 0x{1} {2}; vendor data and capabilities lie in 0x40 to 0xff, extended capabilities in 0x100 to 0xfff, each byte once");

    public static readonly DiagnosticDescriptor WrongCapabilityType = Rule.Fatal(
        "MDEV130",
        "The property's type does not suit its attribute",
        "'{0}' is of type '{1}'; {2}");

    public static readonly DiagnosticDescriptor RegisterInHeader = Rule.Fatal(
        "MDEV131",
        "The register lies in the capability's header",
        "'{0}' at 0x{1} lies in the header of '{2}', which is the SDK's; its registers begin at 0x{3}");

    public static readonly DiagnosticDescriptor NotABlock = Rule.Fatal(
        "MDEV117",
        "What lies in a BAR or region is a register block or memory",
        "'{0}' is of type '{1}'; the property of [Bar] or [Region] is readable and its type a class with [RegisterBlock], MemoryRegion or DoorbellArea");
}
