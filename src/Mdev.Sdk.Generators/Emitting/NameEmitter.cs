using Mdev.Sdk.Generators.Reading;

namespace Mdev.Sdk.Generators.Emitting;

/// <summary>Prints the lookup of a register's name. Not for speed: it serves logs and traces.</summary>
internal static class NameEmitter
{
    public static void Write(IndentedWriter writer, RegisterBlockModel block)
    {
        // One test after the other: of a switch over 1,000 ranges the compiler makes a decision tree for a minute.
        writer.Open("unchecked");
        foreach (RegisterModel register in block.Registers.Where(r => r.CanRead || r.CanWrite))
        {
            string inside = $"offset - {Literal.Offset(register.Offset)}u < {Literal.Number(register.Type.Bytes)}u";
            writer.Open($"if ({string.Join(" && ", Guards(register, block).Prepend(inside))})");
            writer.Line($"return {Name(register)};");
            writer.Close();
            writer.Line();
        }

        writer.Line("return null;");
        writer.Close();
    }

    private static string Name(RegisterModel register) => register.Window is not { } window
        ? Literal.Text(register.Name)
        : $"$\"{register.Name}[{{{(window.Index is null ? window.Number : $"({window.Index})({window.Number})")}}}]\"";

    private static IEnumerable<string> Guards(RegisterModel register, RegisterBlockModel block)
    {
        if (!register.CanRead)
            yield return "write";
        if (!register.CanWrite)
            yield return "!write";

        // In both directions alike: a stored register has both, and a method only the one that it is asked for.
        var placed = new LaneRegister(register, register.Offset, block);
        if (placed.Guard(!register.CanRead, c => c.Expression) is { } guard)
            yield return guard;
    }
}
