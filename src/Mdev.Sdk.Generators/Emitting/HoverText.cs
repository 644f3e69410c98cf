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
        IEnumerable<(uint Offset, string[] Cells)> registers = block.Map.Registers.Select(r => (r.Register.Offset, Row(r)));
        IEnumerable<(uint Offset, string[] Cells)> blocks = block.Map.Blocks.Select(b => (b.Block.Offset, Row(b)));
        string[][] rows = [.. registers.Concat(blocks).OrderBy(r => r.Offset).Select(r => r.Cells)];
        WriteTable(writer, ["offset", "bits", "register", "access", "reset", ""], rows, "registers");
    }

    public static void Write(IndentedWriter writer, BitFieldsModel model) => WriteTable(
        writer,
        ["bits", "field", "access", "reset", ""],
        [.. model.Map.OrderByDescending(f => f.Low).Select(Row)],
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
        string there = string.Join(", ", register.Conditions.Select(RegisterTable.Shown));
        string alias = map.AliasOf.Length == 0 || map.AliasOf == register.Name ? "" : $"another address of {map.AliasOf}";
        return
        [
            Literal.Offset(register.Offset),
            Literal.Number(register.Type.Bits),
            register.Name + (map.Stride == 0 ? "" : $"[{Literal.Number(map.Count)}]"),
            AccessOf(map),
            register.Storage is null ? "" : Literal.Hex(register.Reset, register.Type.Bytes),
            string.Join("; ", new[] { there, alias, map.Description }.Where(t => t.Length > 0)),
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
        Literal.Offset(map.Block.Offset),
        "",
        map.Block.Name + (map.Block.IsArray ? $"[{Literal.Number(map.Block.Count)}]" : ""),
        "block",
        "",
        map.Description,
    ];

    private static string[] Row(MapFieldModel field) =>
    [
        field.High == field.Low ? Literal.Number(field.Low) : $"{Literal.Number(field.High)}:{Literal.Number(field.Low)}",
        field.Name,
        field.Access == 0 ? "" : AccessText.Shown(field.Access),
        field.Reset == 0 ? "" : $"0x{AccessReader.Hex(field.Reset)}",
        field.Description,
    ];
}
