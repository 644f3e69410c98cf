using Mdev.Sdk.Generators.Reading;

namespace Mdev.Sdk.Generators.Emitting;

/// <summary>Prints what holds the registers of an array, and how they get their reset values.</summary>
internal static class ArrayStorage
{
    private const string Cast = "global::System.Runtime.InteropServices.MemoryMarshal.Cast";

    public static void WriteProperty(IndentedWriter writer, RegisterArrayModel array)
    {
        if (array.Resets.Count > 0)
        {
            // Data of the program: a reset allocates nothing.
            writer.Line();
            writer.Line(Shell.Generated);
            writer.Line($"private static global::System.ReadOnlySpan<{array.Element.Type.Integer}> {ResetsOf(array)} =>");
            writer.Continued($"[{string.Join(", ", array.Resets.Select(r => Literal.Hex(r, array.Element.Type.Bytes)))}];");
        }

        writer.Line();
        writer.Mark();
        writer.Open($"{array.Property.Modifiers} {array.Property.Type} {array.Property.Name}");
        writer.Line($"{array.Property.Getter} => field;");
        string value = array.Element.Reset == 0 ? "" : $", {RegisterBlockEmitter.ResetValue(array.Element)}";
        writer.Close(array.Resets.Count > 0 ? $" = new({Resets(array)});" : $" = new({Literal.Number(array.Count)}{value});");
    }

    public static void WriteLocks(IndentedWriter writer, RegisterBlockModel block)
    {
        foreach (RegisterArrayModel array in block.Arrays.Where(a => !a.IsAlias && IsLocked(block, a)))
        {
            string working = Literal.WorkingType(array.Element.Type.Bytes);
            writer.Line();
            writer.Line(Shell.Generated);
            writer.Line($"private readonly {working}[] {LocksOf(array)} = new {working}[{Literal.Number(array.Count)}];");
        }
    }

    public static void WriteRestored(IndentedWriter writer, RegisterBlockModel block, RegisterArrayModel array)
    {
        writer.Line(array.Resets.Count > 0
            ? $"{Resets(array)}.CopyTo({array.Property.Name}.AsSpan());"
            : $"{array.Property.Name}.AsSpan().Fill({RegisterBlockEmitter.ResetValue(array.Element)});");
        if (IsLocked(block, array))
            writer.Line($"global::System.Array.Clear({LocksOf(array)});");
    }

    private static string ResetsOf(RegisterArrayModel array) => $"ResetsOf{array.Property.Name.TrimStart('@')}";

    private static string Resets(RegisterArrayModel array)
    {
        RegisterType type = array.Element.Type;
        return type.Converts ? $"{Cast}<{type.Integer}, {type.Name}>({ResetsOf(array)})" : ResetsOf(array);
    }

    /// <summary>The field that says which bits of each register have been written once.</summary>
    public static string LocksOf(RegisterArrayModel array) => array.Element.LockField.Replace("[at]", "");

    /// <summary>Whether there is <see cref="LocksOf"/>: bits are written once, at any of the array's addresses.</summary>
    public static bool IsLocked(RegisterBlockModel block, RegisterArrayModel array) =>
        block.Arrays.Any(a => a.Element.Storage == array.Element.Storage && a.Element.Access.Once != 0)
        || block.Registers.Any(r => r.Storage == array.Element.Storage && r.Access.Once != 0);
}
