using Mdev.Sdk.Generators.Reading;

namespace Mdev.Sdk.Generators.Emitting;

/// <summary>
/// Prints register arrays: a range test and an index, before the switch, so that 1,000 registers cost what one does. What a
/// range leaves between its registers falls through to the next.
/// </summary>
internal static class ArrayEmitter
{
    public static void WriteReads(IndentedWriter writer, RegisterBlockModel block, bool peek)
    {
        foreach (RegisterArrayModel array in block.Arrays.Where(a => a.Element.CanRead))
        {
            bool several = array.Stride < (uint)block.Bus;
            WriteRange(writer, array, block, write: false, several ? "value = 0;" : null, (register, fills) =>
            {
                writer.Line($"value {(several ? "|=" : "=")} {RegisterRead.Value(register, peek)};");
                if (!peek)
                    RegisterRead.WriteAfter(writer, register);
            });
        }
    }

    public static void WriteWrites(IndentedWriter writer, RegisterBlockModel block, Action<IndentedWriter, LaneRegister> body)
    {
        bool poke = body == RegisterWrite.Poke;
        foreach (RegisterArrayModel array in block.Arrays.Where(a => poke || a.Element.CanWrite))
            WriteRange(writer, array, block, write: true, null, (register, _) => body(writer, register));
    }

    public static void WriteNames(IndentedWriter writer, RegisterBlockModel block)
    {
        foreach (RegisterArrayModel array in block.Arrays.Where(a => a.Element.CanRead || a.Element.CanWrite))
        {
            string direction = array.Element is { CanRead: true, CanWrite: true } ? "" : array.Element.CanWrite ? " && write" : " && !write";
            string at = $"offset - {Literal.Offset(array.Offset)}u", stride = $"{Literal.Offset(array.Stride)}u";
            writer.Open($"if ({at} < {Literal.Offset((uint)(array.End - array.Offset))}u && ({at}) % {stride} < {Literal.Number(array.Element.Type.Bytes)}{direction})");
            writer.Line($"return $\"{array.Name}[{{({at}) / {stride}}}]\";");
            writer.Close();
            writer.Line();
        }
    }

    private static void WriteRange(
        IndentedWriter writer, RegisterArrayModel array, RegisterBlockModel block, bool write, string? first, Action<LaneRegister, bool> body)
    {
        uint bus = (uint)block.Bus, lane = array.Offset / bus * bus;
        uint lanes = (uint)((array.End - lane + bus - 1) / bus * bus);
        string from = Literal.Offset(lane);
        writer.Open($"if (offset - {from}u < {Literal.Offset(lanes)}u{(array.Stride > bus ? $" && (offset - {from}u) % {Literal.Offset(array.Stride)}u == 0" : "")}) // {Literal.Comment(array.Name)}");
        if (array.Stride >= bus)
            WriteOne(writer, array, block, write, $"(offset - {from}u) / {Literal.Offset(array.Stride)}u", body);
        else
            WriteSeveral(writer, array, block, from, first, body);
        writer.Close();
        writer.Line();
    }

    // One register a lane, or fewer.
    private static void WriteOne(
        IndentedWriter writer, RegisterArrayModel array, RegisterBlockModel block, bool write, string index, Action<LaneRegister, bool> body)
    {
        var register = new LaneRegister(array.Element, array.Offset / (uint)block.Bus * (uint)block.Bus, block);
        if (!register.FillsLane)
            writer.Open($"if ((enabled & {Literal.Working(register.Bytes, block.Bus)}) != 0)");
        writer.Line($"int at = (int)({index});");
        body(register, register.FillsLane);
        writer.Line("return true;");
        if (!register.FillsLane)
            writer.Close();
    }

    // As many registers a lane as fit; the last lane may have fewer.
    private static void WriteSeveral(
        IndentedWriter writer, RegisterArrayModel array, RegisterBlockModel block, string from, string? first, Action<LaneRegister, bool> body)
    {
        int a = block.Bus / (int)array.Stride;
        if (first is not null)
            writer.Line(first);
        writer.Line("bool claimed = false;");
        for (int i = 0; i < a; i++)
        {
            RegisterModel element = array.Element with { Offset = array.Offset + ((uint)i * array.Stride) };
            var register = new LaneRegister(element, array.Offset, block);
            writer.Open();
            writer.Line($"int at = (int)((offset - {from}u) / {Literal.Offset(array.Stride)}u){(i == 0 ? "" : $" + {Literal.Number(i)}")};");
            writer.Open($"if (at < {Literal.Number(array.Count)} && (enabled & {Literal.Working(register.Bytes, block.Bus)}) != 0)");
            body(register, false);
            writer.Line("claimed = true;");
            writer.Close();
            writer.Close();
            writer.Line();
        }

        writer.Line("return claimed;");
    }
}
