using Microsoft.CodeAnalysis;

namespace Mdev.Sdk.Generators.Diagnostics;

/// <summary>MDEV2nn: what is possible in a register map, and hardly meant.</summary>
internal static class MapRules
{
    public static readonly DiagnosticDescriptor Unreadable = Rule.Warning(
        "MDEV212",
        "Bits that remember cannot be read",
        "'{0}' keeps bits that a write clears, sets or toggles, and no guest can read them; add Access.R, an [OnRead] or an [Alias] that reads, or state Access.WO");

    public static readonly DiagnosticDescriptor Gap = Rule.Warning(
        "MDEV216",
        "Bytes of a complete block belong to no register",
        "'{0}' says that it is complete, and {1} belong to no register; declare them, or drop Complete");

    public static readonly DiagnosticDescriptor NoOrder = Rule.Warning(
        "MDEV217",
        "A bus of one byte has no byte order",
        "ByteOrder has no effect on '{0}', whose bus and registers are one byte wide; drop it, or set Bus");
}
