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
        if (register.IndexData is { } pair)
            yield return Shows(register, pair);
        if (register.Condition.Length > 0)
            yield return $"There {Line(register.Condition)}.";
        if (register.WritableWhen.Length > 0)
            yield return $"Writable while {Line(register.WritableWhen)}.";
        if (register is { AliasOf.Length: > 0, IndexData: null })
            yield return $"Another address of {Line(register.AliasOf)}.";
        if (register.ResetOn == ResetOn.Cold)
            yield return "Keeps its value over a warm reset.";
        if (register.ResetOn == ResetOn.Never)
            yield return "Keeps its value over every reset.";
        Split split = register.Split & ((register.CanRead ? Split.LatchRead : 0) | (register.CanWrite ? Split.CommitWrite : 0));
        if (split != Split.None)
            yield return Whole(split);
    }

    // SystemRDL has an accesswidth, and no word for what holds the parts together.
    private static string Whole(Split split) => split switch
    {
        Split.LatchRead => "Wider than the bus: a read of its first lane (lowest address) latches the whole.",
        Split.CommitWrite => "Wider than the bus: a write of its last lane (highest address) commits the whole.",
        _ => "Wider than the bus: a read of its first lane (lowest address) latches the whole, a write of its last lane (highest address) commits it.",
    };

    /// <summary>What a data register shows.</summary>
    private static string Shows(RegisterInfo register, IndexDataInfo pair)
    {
        string array = Line(register.AliasOf), index = Line(pair.Index);
        string shown = pair.Scale == 0 ? $"{array}[{index}]"
            : pair.Scale == 1 ? $"{array} from byte {index} on"
            : $"{array} from byte {Number(pair.Scale)} × {index} on";
        return $"Shows {shown}{(pair.AutoIncrement ? $"; each access counts {index} up" : "")}.";
    }

    /// <summary>Bits that a guest has no business with, a sentence each.</summary>
    /// <param name="watched">All of the register's.</param>
    /// <param name="of">The bits that it is about.</param>
    public static IEnumerable<string> Remarks(IEnumerable<WatchedBits> watched, ulong of)
    {
        foreach (WatchedBits bits in watched.Where(w => (w.Mask & of) != 0))
        {
            ulong mask = bits.Mask & of;
            string which = mask == of ? "" : $"{Bits(mask)}: ";
            yield return which + Line(bits.Reason is { } reason ? $"{(which.Length > 0 ? "not" : "Not")} implemented: {reason.TrimEnd('.')}."
                : bits.Value is { } value ? $"{(which.Length > 0 ? "reserved" : "Reserved")}, write as {Hex((value & mask) >> System.Numerics.BitOperations.TrailingZeroCount(mask))}."
                : $"{(which.Length > 0 ? "reserved" : "Reserved")}, write as read.");
        }
    }

    // Bits 7:4; of bits that are not together, their mask.
    private static string Bits(ulong mask)
    {
        int low = System.Numerics.BitOperations.TrailingZeroCount(mask), high = 63 - System.Numerics.BitOperations.LeadingZeroCount(mask);
        if (System.Numerics.BitOperations.PopCount(mask) != high - low + 1)
            return $"Bits {Hex(mask)}";
        return low == high ? $"Bit {Number(low)}" : $"Bits {Number(high)}:{Number(low)}";
    }

    /// <summary>A field's summary, and what is to be known of its bits.</summary>
    public static string Describe(RegisterInfo register, RegisterField field) => register.Fields.Count == 0
        ? Line(field.Description)
        : string.Join(" ", Remarks(register.Watched, field.Mask).Prepend(Line(field.Description)).Where(t => t.Length > 0));

    /// <summary>Reset values that differ, by the registers' names.</summary>
    private static string Resets(RegisterInfo register) => register.Resets.Count == 0 ? ""
        : $"After reset {string.Join(", ", register.Resets.Select((r, i) => $"{Line(register.NameOf(i))} {Hex(r, register.Width)}"))}.";

    /// <summary>The author's summary and the remarks.</summary>
    /// <param name="register">The register.</param>
    /// <param name="tables">Whether tables beside it say the rest: bits of no field, names and reset values of an array's registers.</param>
    public static string Describe(RegisterInfo register, bool tables = false)
    {
        IEnumerable<string> text = new[] { Line(register.Description) }.Concat(Remarks(register));
        ulong fields = RegisterBits.MaskOf(register);
        if (register.AliasOf.Length == 0 && (!tables || fields == 0))
            text = text.Concat(Remarks(register.Watched, ~fields & (ulong.MaxValue >> (64 - register.Width))));
        if (!tables)
            text = text.Append(Resets(register));
        return string.Join(" ", text.Where(t => t.Length > 0));
    }

    /// <summary>The author's summary of an inner block, and when it is there.</summary>
    public static string Describe(InnerBlockInfo inner) =>
        $"{Line(inner.Description)}{(inner.Condition.Length > 0 ? $" There {Line(inner.Condition)}." : "")}".Trim();

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
