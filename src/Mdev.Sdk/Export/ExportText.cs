using System.Globalization;
using System.Text;
using Mdev.Sdk.Registers;

namespace Mdev.Sdk.Export;

/// <summary>Names, numbers and remarks as the formats write them.</summary>
internal static class ExportText
{
    /// <summary>An identifier of ASCII letters, digits and underscores: what C, SVD and SystemRDL have in common.</summary>
    public static string Identifier(string name)
    {
        string legal = new([.. name.Select(static c => char.IsAsciiLetterOrDigit(c) ? c : '_')]);
        return legal.Length == 0 || char.IsAsciiDigit(legal[0]) ? "X" + legal : legal;
    }

    /// <summary>The same as constants are written: InterruptStatus is INTERRUPT_STATUS, DMAControl is DMA_CONTROL.</summary>
    public static string Constant(string name)
    {
        string identifier = Identifier(name);
        var text = new StringBuilder();
        for (int i = 0; i < identifier.Length; i++)
        {
            bool begins = i > 0 && char.IsAsciiLetterUpper(identifier[i]) && identifier[i - 1] != '_'
                && (!char.IsAsciiLetterUpper(identifier[i - 1]) || (i + 1 < identifier.Length && char.IsAsciiLetterLower(identifier[i + 1])));
            if (begins)
                text.Append('_');
            text.Append(char.ToUpperInvariant(identifier[i]));
        }
        return text.ToString();
    }

    /// <summary>One line without what no format can bear: control and formatting characters, halves of characters.</summary>
    public static string Line(string text)
    {
        var line = new StringBuilder();
        foreach (Rune rune in text.EnumerateRunes())
        {
            bool shown = Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator
                or UnicodeCategory.ParagraphSeparator or UnicodeCategory.Surrogate or UnicodeCategory.OtherNotAssigned) && rune != Rune.ReplacementChar;
            line.Append(shown ? rune.ToString() : " ");
        }
        return line.ToString().Trim();
    }

    /// <summary>0x0f, with as many digits as the bits have.</summary>
    public static string Hex(ulong value, int bits) =>
        "0x" + value.ToString("x" + ((bits + 3) / 4).ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    public static string Hex(ulong value) => Hex(value, 4);

    public static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);

    /// <summary>Access as data sheets abbreviate it: RO, WO, RW, RW1C; what else it does behind a comma.</summary>
    public static string Short(Access access)
    {
        const Access Plain = Access.R | Access.W, Others = Access.RC | Access.RS | Access.Once | Access.SelfClearing;
        Access how = access & ~(Plain | Others);
        string main = how != 0 ? (access.HasFlag(Access.R) ? "R" : "") + string.Concat(Flags(how))
            : (access & Plain) switch { Access.R => "RO", Access.W => "WO", Plain => "RW", _ => "none" };
        IEnumerable<string> more = Flags(access & Others).Select(f => f switch
        {
            nameof(Access.Once) => "once",
            nameof(Access.SelfClearing) => "self-clearing",
            _ => f,
        });
        return string.Join(", ", [main, .. more]);
    }

    /// <summary>A register's access; where its bits differ, each with its bits, or that its fields say.</summary>
    public static string Short(RegisterInfo register)
    {
        AccessBits[] parts = [.. register.AccessByBits.Where(a => a.Access != Access.Default)];
        if (parts.Length <= 1)
            return Short(register.Access);
        return register.Fields.Count > 0
            ? "by field"
            : string.Join("; ", parts.Select(p => $"{Short(p.Access)} {Hex(p.Bits, register.Width)}"));
    }

    /// <summary>What else is to be known of a register, a sentence each: when it is there, its gate, whose address it is, its reset.</summary>
    public static IEnumerable<string> Remarks(RegisterInfo register)
    {
        if (register.Condition.Length > 0)
            yield return $"There {Line(register.Condition)}.";
        if (register.WritableWhen.Length > 0)
            yield return $"Writable while {Line(register.WritableWhen)}.";
        if (register.AliasOf.Length > 0)
            yield return $"Another address of {Line(register.AliasOf)}.";
        if (register.ResetOn == ResetOn.Cold)
            yield return "Keeps its value over a warm reset.";
        if (register.ResetOn == ResetOn.Never)
            yield return "Keeps its value over every reset.";
    }

    /// <summary>The author's summary and the remarks.</summary>
    public static string Describe(RegisterInfo register) =>
        string.Join(" ", new[] { Line(register.Description) }.Concat(Remarks(register)).Where(t => t.Length > 0));

    /// <summary>What is to be known of a block beside its registers.</summary>
    public static string Describe(RegisterMap map)
    {
        RegisterBlockInfo info = map.Info;
        string order = info.Bus == AccessWidth.Byte ? "" : info.ByteOrder == ByteOrder.BigEndian ? ", big-endian" : ", little-endian";
        string widths = (info.Min, info.Max) switch
        {
            (AccessWidth.Byte, 0) => "any width",
            (_, 0) => $"at least {(int)info.Min} bytes",
            _ when info.Min == info.Max => $"{(int)info.Min} bytes",
            _ => $"{(int)info.Min} to {(int)info.Max} bytes",
        };
        string unclaimed = info.Unmapped == Unmapped.ReadZero ? "zeros" : "ones";
        return $"{Number(info.Size)} bytes on a bus of {Number(8 * (int)info.Bus)} bits{order}; accesses of {widths}{(info.Unaligned ? "" : ", aligned")}; "
            + $"what no register claims reads as {unclaimed}.";
    }

    private static IEnumerable<string> Flags(Access access) => Enum.GetValues<Access>()
        .Where(f => System.Numerics.BitOperations.IsPow2((uint)f) && access.HasFlag(f))
        .Distinct()
        .Select(f => f switch { Access.R => "R", Access.W => "W", _ => f.ToString() });
}
