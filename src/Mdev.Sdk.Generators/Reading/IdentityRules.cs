using System.Globalization;
using Mdev.Sdk.Generators.Diagnostics;
using Microsoft.CodeAnalysis;

namespace Mdev.Sdk.Generators.Reading;

/// <summary>What of a device's identity is no mistake, and perhaps not meant.</summary>
internal static class IdentityRules
{
    private const uint Serial = 0x07_00, Display = 0x03;

    public static void Check(INamedTypeSymbol type, AttributeData identity, BarReader bars, Mistakes mistakes)
    {
        if (!identity.HasNamed("SubsystemVendor") && !identity.HasNamed("Subsystem"))
            mistakes.Add(PciRules.NoSubsystem, identity, type.Name);

        // What the kernel's generic drivers look for: 8250_pci for ports, the display drivers for a frame buffer.
        uint code = identity.Named("Class", 0u);
        string[] kinds = [.. Enumerable.Range(0, 6).Select(bars.KindOf).OfType<string>()];
        Place place = Place.Of(identity, "Class");
        if (code >> 8 == Serial && !kinds.Any(static k => k.EndsWith(".Io", StringComparison.Ordinal)))
            mistakes.Add(PciRules.UnusualBars, place, Hex(code), "a serial controller", type.Name, "I/O BAR");
        else if (code >> 16 == Display && !kinds.Any(static k => k.EndsWith("Prefetchable", StringComparison.Ordinal)))
            mistakes.Add(PciRules.UnusualBars, place, Hex(code), "a display controller", type.Name, "prefetchable memory BAR");
    }

    private static string Hex(uint code) => code.ToString("x6", CultureInfo.InvariantCulture);
}
