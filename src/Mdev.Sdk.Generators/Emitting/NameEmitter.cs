using Mdev.Sdk.Generators.Reading;

namespace Mdev.Sdk.Generators.Emitting;

/// <summary>Prints the lookup of a register's name. Not for speed: it serves logs and traces.</summary>
internal static class NameEmitter
{
    public static void Write(IndentedWriter writer, RegisterBlockModel block)
    {
        writer.Open("return offset switch");
        foreach (RegisterModel register in block.Registers)
        {
            string name = Literal.Text(register.Name);
            string bytes = register.Type.Bytes == 1
                ? Literal.Offset(register.Offset)
                : $">= {Literal.Offset(register.Offset)} and <= {Literal.Offset((uint)(register.End - 1))}";
            string guard = string.Join(" && ", Guards(register, block));
            writer.Line(guard.Length == 0 ? $"{bytes} => {name}," : $"{bytes} when {guard} => {name},");
        }

        writer.Line("_ => null,");
        writer.Close(";");
    }

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
