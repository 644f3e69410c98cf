using Mdev.Sdk.Generators.Reading;

namespace Mdev.Sdk.Generators.Emitting;

/// <summary>
/// Prints what an editor shows beside the author's own summary: the register table. The compiler joins the documentation comments of
/// a type's parts.
/// </summary>
internal static class HoverText
{
    // Of an editor's tooltip nobody reads more.
    private const int MostRows = 64;

    public static void Write(IndentedWriter writer, RegisterBlockModel block)
    {
        const uint Last = uint.MaxValue;
        IEnumerable<(uint Offset, string[] Cells)> registers = block.Map.Registers.Select(r => (r.IsPlaced ? r.Register.Offset : Last, Row(r)));
        IEnumerable<(uint Offset, string[] Cells)> blocks = block.Map.Blocks.Select(b => (b.Block.IsPlaced ? b.Block.Offset : Last, Row(b)));
        IEnumerable<(uint Offset, string[] Cells)> windows = block.Map.Blocks.SelectMany(b => b.Windows.Select(w => (w.Offset, Row(b.Block, w, block.Bus))));
        string[][] rows = [.. registers.Concat(blocks).Concat(windows).OrderBy(r => r.Offset).Select(r => r.Cells)];
        WriteTable(writer, ["offset", "bits", "register", "access", "reset", ""], rows, "registers");
    }

    public static void Write(IndentedWriter writer, BitFieldsModel model) => WriteTable(
        writer,
        ["bits", "field", "access", "reset", ""],
        [
            .. model.Map.Select(f => (Bit: f.Low, Cells: Row(f, model.Watched)))
                .Concat(model.Watched.Where(w => model.Map.All(f => f.Mask != w.Mask)).Select(w => (Bit: HighestBit(w.Mask), Cells: Row(w))))
                .OrderByDescending(r => r.Bit)
                .Select(r => r.Cells),
        ],
        "fields");

    /// <summary>Text as XML has it.</summary>
    public static string Escaped(string text) => Literal.Comment(text).Replace("&", "&amp;").Replace("<", "&lt;").Replace(">", "&gt;");

    private static void WriteTable(IndentedWriter writer, string[] heads, string[][] rows, string what)
    {
        if (rows.Length == 0)
            return;
        // A column that has nothing to say is none.
        int[] columns = [.. Enumerable.Range(0, heads.Length).Where(column => rows.Any(row => row[column].Length > 0))];
        string[][] shown = [heads, .. rows.Take(MostRows)];
        int[] widths = [.. heads.Select((_, column) => shown.Max(row => row[column].Length))];
        writer.Line("/// <remarks>");
        writer.Line("/// <code>");
        foreach (string[] row in shown)
            writer.Line($"/// {Escaped(string.Join("  ", columns.Select(column => row[column].PadRight(widths[column])))).TrimEnd()}");
        if (rows.Length > MostRows)
            writer.Line($"/// and {Literal.Number(rows.Length - MostRows)} more {what}");
        writer.Line("/// </code>");
        writer.Line("/// </remarks>");
    }

    private static string[] Row(MapRegisterModel map)
    {
        RegisterModel register = map.Register;
        string window = map.Window is { } pair ? Behind(pair) : "";
        string alias = map.Window is not null || map.AliasOf.Length == 0 || map.AliasOf == register.Name ? "" : $"another address of {map.AliasOf}";
        return
        [
            map.IsPlaced ? Literal.Offset(register.Offset) : "",
            Literal.Number(register.Type.Bits),
            register.Name + (map.Window is { } by ? $"[{by.Index}]" : map.Stride == 0 ? "" : $"[{Literal.Number(map.Count)}]"),
            AccessOf(map),
            register.Storage is null || map.Window is not null ? "" : map.Resets.Count > 0 ? "each" : Literal.Hex(register.Reset, register.Type.Bytes),
            string.Join("; ", new[] { map.Condition, window, alias, Missing(register), map.Description }.Where(t => t.Length > 0)),
        ];
    }

    /// <summary>A register's access; where its bits differ, each with its bits, or that its fields say.</summary>
    public static string AccessOf(MapRegisterModel map)
    {
        (int Access, ulong Bits)[] groups = [.. AccessText.Groups(map.Access, map.Register.Type.Ones).Where(g => g.Access != 0)];
        if (groups.Length <= 1)
            return AccessText.Shown(groups.Length == 0 ? 0 : groups[0].Access);
        return map.Type.Fields.Count > 0
            ? "by field"
            : string.Join("; ", groups.Select(g => $"{AccessText.Shown(g.Access)} {Literal.Hex(g.Bits, map.Register.Type.Bytes)}"));
    }

    private static string[] Row(MapBlockModel map) =>
    [
        map.Block.IsPlaced ? Literal.Offset(map.Block.Offset) : "",
        "",
        map.Block.Name + (map.Block.IsArray ? $"[{Literal.Number(map.Block.Count)}]" : ""),
        "block",
        "",
        map.Condition.Length == 0 ? map.Description : $"{map.Condition}; {map.Description}".TrimEnd(' ', ';'),
    ];

    private static string[] Row(NestedBlockModel block, MapWindowModel window, int bus) =>
    [
        Literal.Offset(window.Offset),
        Literal.Number(8 * bus),
        $"{block.Name}[{window.Index}]",
        "",
        "",
        string.Join("; ", new[] { window.Condition, Behind(window) }.Where(t => t.Length > 0)),
    ];

    private static string[] Row(WatchedBits watched)
    {
        int high = HighestBit(watched.Mask), low = high;
        while (low > 0 && (watched.Mask >> (low - 1) & 1) != 0)
            low--;
        return [high == low ? Literal.Number(low) : $"{Literal.Number(high)}:{Literal.Number(low)}", "", "", "", Remark(watched)];
    }

    private static string Remark(WatchedBits watched) => watched.Reason is { } reason ? NotThere(reason)
        : watched.Value is { } value ? $"reserved, write 0x{AccessReader.Hex(value >> LowestBit(watched.Mask))}"
        : "reserved, write what it reads";

    private static string Behind(MapWindowModel window) =>
        (window.Scale == 0 ? $"the one that {window.Index} says" : $"the lane that {window.Index} says") + (window.Counts ? ", which counts up" : "");

    // What is not there at all; single bits are their type's to tell.
    private static string Missing(RegisterModel register) =>
        register.Watched.FirstOrDefault(w => !w.IsReserved && w.Mask == register.Type.Ones) is { Reason: { } reason } ? NotThere(reason) : "";

    private static string NotThere(string reason) => $"not implemented: {reason}";

    private static int LowestBit(ulong mask)
    {
        int bit = 0;
        while (bit < 63 && (mask >> bit & 1) == 0)
            bit++;
        return bit;
    }

    private static int HighestBit(ulong mask)
    {
        int bit = 63;
        while (bit > 0 && (mask >> bit & 1) == 0)
            bit--;
        return bit;
    }

    private static string[] Row(MapFieldModel field, IEnumerable<WatchedBits> watched) =>
    [
        field.High == field.Low ? Literal.Number(field.Low) : $"{Literal.Number(field.High)}:{Literal.Number(field.Low)}",
        field.Name,
        field.Access == 0 ? "" : AccessText.Shown(field.Access),
        field.Reset == 0 ? "" : $"0x{AccessReader.Hex(field.Reset)}",
        string.Join("; ", watched.Where(w => w.Mask == field.Mask).Select(Remark).Append(field.Description).Where(t => t.Length > 0)),
    ];
}
