using System.Globalization;
using Mdev.Sdk.Generators.Diagnostics;

namespace Mdev.Sdk.Generators.Reading;

/// <summary>
/// Lays out capabilities as the runtime does: those with an offset of their own first, then each at the next free multiple of four.
/// </summary>
internal static class CapabilityLayoutRules
{
    private const long First = 0x40, FirstExtended = 0x100, End = 0x1000;

    public static void Check(IReadOnlyList<CapabilityExtent> capabilities, IEnumerable<CapabilityExtent> data, Mistakes mistakes)
    {
        var taken = data.ToList();
        foreach (CapabilityExtent extent in capabilities.Where(c => c.Offset != 0))
        {
            if (extent.Offset % 4 != 0)
                Report(mistakes, extent, extent.Offset, "do not start at a multiple of 4");
            else if (extent.Offset < Lowest(extent) || extent.End > Highest(extent))
                Report(mistakes, extent, extent.Offset, "do not fit");
            foreach (CapabilityExtent other in taken)
            {
                // Two that a type may be without can be two ways to say one thing.
                if (extent.Offset < other.End && other.Offset < extent.End && !(extent.IsOptional && other.IsOptional))
                    mistakes.AddPair(PciRules.BadConfigData, extent.Place, other.Place, Hex(extent.Offset), Hex(extent.End - 1), $"overlap those at 0x{Hex(other.Offset)}");
            }

            taken.Add(extent);
        }

        foreach (CapabilityExtent extent in capabilities.Where(c => c.Offset == 0))
        {
            long at = Lowest(extent);
            while (taken.Any(t => t.Offset < at + extent.Size && at < t.End))
                at += 4;
            if (at + extent.Size <= Highest(extent))
                taken.Add(extent with { Offset = at });
            else if (!extent.IsOptional)
                Report(mistakes, extent, at, "do not fit");
        }
    }

    private static long Lowest(CapabilityExtent extent) => extent.IsExtended ? FirstExtended : First;

    private static long Highest(CapabilityExtent extent) => extent.IsExtended ? End : FirstExtended;

    private static void Report(Mistakes mistakes, CapabilityExtent extent, long at, string what) =>
        mistakes.Add(PciRules.BadConfigData, extent.Place, Hex(at), Hex(at + extent.Size - 1), what);

    private static string Hex(long value) => value.ToString("x2", CultureInfo.InvariantCulture);
}
