using Microsoft.CodeAnalysis;

namespace Mdev.Sdk.Generators.Diagnostics;

/// <summary>MDEV1nn: config space and regions.</summary>
internal static class PciRules
{
    public static readonly DiagnosticDescriptor BadBarIndex = Rule.Fatal(
        "MDEV101",
        "The BAR index is out of range or used twice",
        "BAR {0} {1}; a device has BARs 0 to 5, each for one property");

    public static readonly DiagnosticDescriptor NoUpperHalf = Rule.Fatal(
        "MDEV102",
        "A 64-bit BAR takes the next BAR too",
        "BAR {0} is 64 bits wide and needs the next one for the upper half of its address, but {1}; move one of them");

    public static readonly DiagnosticDescriptor IoBarTooLarge = Rule.Fatal(
        "MDEV104",
        "An I/O BAR decodes at most 256 bytes",
        "'{0}' covers {1} bytes, and an I/O BAR decodes at most 256; make the block smaller or use BarKind.Memory32");

    public static readonly DiagnosticDescriptor BarTooLarge = Rule.Fatal(
        "MDEV106",
        "The block is larger than its BAR can be",
        "'{0}' covers {1} bytes, and a 32-bit memory BAR decodes at most 2 GiB; make the block smaller");

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
        "[Bar] belongs on a property whose type is a register block",
        "'{0}' is of type '{1}'; a BAR's property is readable and its type a class with [RegisterBlock]");
}
