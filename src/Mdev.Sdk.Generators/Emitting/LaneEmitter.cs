using Mdev.Sdk.Generators.Reading;

namespace Mdev.Sdk.Generators.Emitting;

/// <summary>Prints the four ways to a lane: a guest's read and write, and a look and a store without side effects.</summary>
internal static class LaneEmitter
{
    public static void WriteRead(IndentedWriter writer, RegisterBlockModel block, bool peek)
    {
        // Differences that wrap are meant to, also in a program built with overflow checks: below a range is outside of it.
        writer.Open("unchecked");
        NestedBlockEmitter.WriteLanes(writer, block.Blocks, peek ? "TryPeekLane" : "TryReadLane", "enabled, out value");
        ArrayEmitter.WriteReads(writer, block, peek);
        Lane.WriteSwitch(writer, Lane.Split(block), write: false, body =>
        {
            if (!body.Whole)
                writer.Line("ulong lane = 0;");
            body.Write(
                register =>
                {
                    writer.Line($"{(body.Whole ? "value =" : "lane |=")} {RegisterRead.Value(register, peek)};");
                    if (!peek)
                        RegisterRead.WriteAfter(writer, register);
                },
                () => writer.Line("value = lane;"));
        });
        writer.Line("value = 0;");
        writer.Line("return false;");
        writer.Close();
    }

    public static void WriteWrite(IndentedWriter writer, RegisterBlockModel block)
    {
        // Casts that cut are meant to cut, also in a program built with overflow checks.
        writer.Open("unchecked");
        NestedBlockEmitter.WriteLanes(writer, block.Blocks, "TryWriteLane", "value, enabled");
        ArrayEmitter.WriteWrites(writer, block, RegisterWrite.Write);
        Lane.WriteSwitch(
            writer,
            Lane.Split(block),
            write: true,
            body => body.Write(register => RegisterWrite.Write(writer, register), static () => { }));
        writer.Line("return false;");
        writer.Close();
    }

    public static void WritePoke(IndentedWriter writer, RegisterBlockModel block)
    {
        writer.Open("unchecked");
        NestedBlockEmitter.WriteLanes(writer, block.Blocks, "TryPokeLane", "value, enabled");
        ArrayEmitter.WriteWrites(writer, block, RegisterWrite.Poke);
        Lane[] lanes = [.. Lane.Split(block).Where(l => l.Registers.Any(IsPoked))];
        if (lanes.Length > 0)
        {
            writer.Open("switch (offset)");
            foreach (Lane lane in lanes)
                WritePokedLane(writer, lane);
            writer.Close();
            writer.Line();
        }

        writer.Line("return false;");
        writer.Close();
    }

    // Registers that share bytes, one for reading and one for writing, are both stored to: no one answers for the other.
    private static void WritePokedLane(IndentedWriter writer, Lane lane)
    {
        LaneRegister[] registers = [.. lane.Registers.Where(IsPoked)];
        writer.Open($"case {Literal.Offset(lane.Offset)}: // {string.Join(", ", registers.Select(r => Literal.Comment(r.Model.Name)))}");
        foreach (Condition condition in registers.SelectMany(r => r.Model.Conditions).GroupBy(c => c.Question).Select(g => g.First()))
            writer.Line($"bool when{condition.Question} = {condition.Expression};");
        writer.Line("bool claimed = false;");
        foreach (LaneRegister register in registers)
        {
            IEnumerable<string> asked = register.Model.Conditions.Select(c => (c.Wanted ? "when" : "!when") + c.Question);
            writer.Open($"if ({string.Join(" && ", asked.Prepend($"(enabled & {Literal.Working(register.Bytes, lane.Bytes)}) != 0"))})");
            RegisterWrite.Poke(writer, register);
            writer.Line("claimed = true;");
            writer.Close();
            writer.Line();
        }

        writer.Line("return claimed;");
        writer.Close();
    }

    private static bool IsPoked(LaneRegister register) =>
        register.Model is { Storage: not null, IsConstant: false, IsAlias: false };
}
