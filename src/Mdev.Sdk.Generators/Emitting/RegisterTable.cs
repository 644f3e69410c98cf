using Mdev.Sdk.Generators.Reading;

namespace Mdev.Sdk.Generators.Emitting;

/// <summary>The register map as a data sheet shows it: the opening comment of a block's file.</summary>
internal static class RegisterTable
{
    private static readonly string[] s_heads = ["offset", "bits", "register", "guest", "there", "writable", "reset"];

    public static void Write(IndentedWriter writer, RegisterBlockModel block)
    {
        writer.Line("//");
        writer.Line($"// {block.Shell.Name}: {Literal.Number(block.Size)} bytes on a bus of {Literal.Number(block.Bus * 8)} bits");
        writer.Line("//");

        List<string[]> rows = block.Registers.Select(r => Row(r, block.Bus)).ToList();
        rows.Insert(0, s_heads);
        int[] widths = s_heads.Select((_, column) => rows.Max(row => row[column].Length)).ToArray();
        foreach (string[] row in rows)
        {
            string line = string.Join("  ", row.Select((cell, column) => cell.PadRight(widths[column])));
            writer.Line($"//   {line}".TrimEnd());
        }

        writer.Line("//");
    }

    private static string[] Row(RegisterModel register, int bus) =>
    [
        Literal.Offset(register.Offset),
        Literal.Number(register.Type.Bits) + (register.Type.Bytes > bus ? $" in {Literal.Number(register.Type.Bytes / bus)} lanes" : ""),
        Literal.Comment(register.Name),
        register.CanRead ? register.CanWrite ? "R/W" : "R" : "W",
        register.Conditions.Count == 0 ? "always" : string.Join(", ", register.Conditions.Select(c => ConditionText.Shown(c))),
        register.Storage is null ? "" : Literal.Hex(register.Access.Written, register.Type.Bytes),
        register.Storage is null ? "" : Literal.Hex(register.Reset, register.Type.Bytes),
    ];
}
