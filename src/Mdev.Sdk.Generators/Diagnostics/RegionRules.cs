using Microsoft.CodeAnalysis;

namespace Mdev.Sdk.Generators.Diagnostics;

/// <summary>MDEV1nn: what lies in BARs and regions.</summary>
internal static class RegionRules
{
    public static readonly DiagnosticDescriptor NotAPowerOfTwo = Rule.Fatal(
        "MDEV103",
        "The size of a BAR is a power of two",
        "A BAR cannot decode 0x{0} bytes, as software finds its size by the address bits that stay zero; use 0x{1}");

    public static readonly DiagnosticDescriptor BarTooSmall = Rule.Fatal(
        "MDEV105",
        "A memory BAR decodes at least 16 bytes",
        "Size is {0}, and the four lowest bits of a memory BAR are no address; use 16 or more, or BarKind.Io");

    public static readonly DiagnosticDescriptor NotPageAligned = Rule.Fatal(
        "MDEV110",
        "Memory that clients map begins at a page",
        "'{0}' lies at 0x{1}, and only whole pages of 0x1000 bytes can be mapped; move it to 0x{2}, or set Mapped = false");

    public static readonly DiagnosticDescriptor MemoryOverTraps = Rule.Fatal(
        "MDEV111",
        "Memory lies over registers",
        "{0} {1}");

    public static readonly DiagnosticDescriptor BadRegionIndex = Rule.Fatal(
        "MDEV113",
        "The region's index cannot be used, or two parts of a region share bytes",
        "{0} {1}");

    public static readonly DiagnosticDescriptor PartsDisagree = Rule.Fatal(
        "MDEV132",
        "The parts of a BAR or region contradict each other",
        "{0} is declared with two {1}; it has one for all that lie in it");

    public static readonly DiagnosticDescriptor NoUse = Rule.Error(
        "MDEV133",
        "The attribute has no effect in this class",
        "'{0}' has {1}, which says nothing in '{2}': it belongs in a class derived from {3}");
}
