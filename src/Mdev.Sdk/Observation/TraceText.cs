using System.Globalization;
using Mdev.Sdk.Device;

namespace Mdev.Sdk.Observation;

/// <summary>
/// A trace as people read it, a line an event: <c>BAR0+3 LCR &lt;- 0x83 (DivisorLatch = true)</c>, or <c>-&gt;</c> for a read.
/// </summary>
internal sealed class TraceText
{
    // Longer ones are told by their number of bytes.
    private const int MostShown = 8;

    private TraceEvent? _request;
    private bool _hasRegisters;

    /// <summary>The line for the next event of a trace.</summary>
    /// <returns><see langword="null"/> for one that has no line: an access is told by its registers, where it has any.</returns>
    public string? LineOf(TraceEvent next)
    {
        ArgumentNullException.ThrowIfNull(next);
        switch (next.Kind)
        {
            case TraceEventKind.Began:
                return null;
            case TraceEventKind.Request:
                (_request, _hasRegisters) = (next, false);
                return null;
            case TraceEventKind.Register:
                _hasRegisters = true;
                return Line(next.RegionName!, next.Offset ?? 0, next.Name, next.IsWrite == true, next.Value ?? 0, next.Count ?? 1, next.Meaning);
            case TraceEventKind.Reply:
                return _hasRegisters && next.Error is null ? null : Line(next, _request?.Data);
            case TraceEventKind.Interrupt:
                return string.Create(CultureInfo.InvariantCulture, $"{next.InterruptName} {next.Vector} signalled");
            case TraceEventKind.Reset:
                return "reset by the client";
            default:
                return LostLine(next.Lost ?? 0);
        }
    }

    /// <summary>The line for an access of a register.</summary>
    public static string Line(string region, in RegisterAccess access) =>
        Line(region, access.Offset, access.Register, access.IsWrite, access.Value, access.Width, MeaningOf(access));

    /// <summary>The line for accesses that are missing.</summary>
    public static string LostLine(long count) => string.Create(CultureInfo.InvariantCulture, $"({count} accesses lost)");

    /// <summary>A register's fields or the name of its value; empty for a part of a register, of which they would be guessed.</summary>
    public static string MeaningOf(in RegisterAccess access) =>
        access.Declaration is { } register && register.Width == 8 * access.Width ? register.Decode(access.Value) : "";

    private static string Line(string region, ulong offset, string? register, bool write, ulong value, int width, string? meaning)
    {
        string digits = value.ToString("x" + (2 * width), CultureInfo.InvariantCulture);
        string fields = string.IsNullOrEmpty(meaning) ? "" : $" ({meaning})";
        return string.Create(
            CultureInfo.InvariantCulture, $"{region}+{offset:x} {register ?? "(unclaimed)",-4} {(write ? "<-" : "->")} 0x{digits}{fields}");
    }

    // Of memory and config space, or refused.
    private static string Line(TraceEvent reply, ReadOnlyMemory<byte>? written)
    {
        bool write = reply.IsWrite == true;
        ReadOnlySpan<byte> bytes = (write ? written : reply.Data) is { } data ? data.Span : [];
        string what = reply.Error is { } error ? $"refused with {(Errno)error}"
            : bytes.Length == reply.Count && bytes.Length is > 0 and <= MostShown ? $"0x{Number(bytes)}"
            : string.Create(CultureInfo.InvariantCulture, $"{reply.Count} bytes");
        string name = reply.Name is null ? "" : reply.Name + " ";
        return string.Create(CultureInfo.InvariantCulture, $"{reply.RegionName}+{reply.Offset:x} {name}{(write ? "<-" : "->")} {what}");
    }

    // Little-endian, as PCI is.
    private static string Number(ReadOnlySpan<byte> bytes)
    {
        Span<byte> reversed = stackalloc byte[bytes.Length];
        bytes.CopyTo(reversed);
        reversed.Reverse();
        return Convert.ToHexStringLower(reversed);
    }
}
