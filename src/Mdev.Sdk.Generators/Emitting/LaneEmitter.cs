using Mdev.Sdk.Generators.Reading;

namespace Mdev.Sdk.Generators.Emitting;

/// <summary>Prints the four ways to a lane: a guest's read and write, and a look and a store without side effects.</summary>
internal static class LaneEmitter
{
    private const string Interface = "global::Mdev.Sdk.Registers.IRegisterBlock";

    public static void WriteRead(IndentedWriter writer, RegisterBlockModel block, bool peek)
    {
        bool restricted = block.Partial != 0;
        if (peek)
            block = block.Unrestricted;

        // Differences that wrap are meant to, also in a program built with overflow checks: below a range is outside of it.
        writer.Open("unchecked");
        NestedBlockEmitter.WriteLanes(writer, block.Blocks, peek ? "TryPeekLane" : "TryReadLane", "enabled, out value");
        WindowEmitter.WriteLanes(writer, block, peek ? "TryPeekLane" : "TryReadLane", "enabled, out value", counts: !peek);
        // With a policy for parts of registers, a look reaches what a read does not.
        bool reads = peek && !restricted;
        ArrayEmitter.WriteReads(writer, block, peek, reads);
        Lane[] lanes = [.. Lane.Split(block).Where(l => !reads || !l.Registers.All(r => SameAs.Read(r.Model)))];
        Lane.WriteSwitch(writer, lanes, write: false, body =>
        {
            if (!body.Whole)
                writer.Line("ulong lane = 0;");
            body.Write(
                register => ReadOne(writer, register, body.Whole ? "value =" : "lane |=", peek),
                () => writer.Line("value = lane;"));
        });
        if (reads)
        {
            writer.Line($"return (({Interface})this).TryReadLane(offset, enabled, out value);");
        }
        else
        {
            writer.Line("value = 0;");
            writer.Line("return false;");
        }

        writer.Close();
    }

    public static void WriteWrite(IndentedWriter writer, RegisterBlockModel block)
    {
        // Casts that cut are meant to cut, also in a program built with overflow checks.
        writer.Open("unchecked");
        NestedBlockEmitter.WriteLanes(writer, block.Blocks, "TryWriteLane", "value, enabled");
        WindowEmitter.WriteLanes(writer, block, "TryWriteLane", "value, enabled", counts: true);
        ArrayEmitter.WriteWrites(writer, block, poke: false, writes: false);
        IReadOnlyList<Lane> lanes = Lane.Split(block);
        Func<Lane, string?>? brief = PlainLanes.Prepare(writer, block, lanes);
        Lane.WriteSwitch(writer, lanes, write: true, body => body.Write(register => WriteOne(writer, register), static () => { }), brief);
        writer.Line("return false;");
        writer.Close();
    }

    public static void WritePoke(IndentedWriter writer, RegisterBlockModel block)
    {
        // Where arrays have second addresses or share lanes, what no store is for would fall through to a write.
        bool writes = block.Partial == 0 && LanePlan.Of(block).Shared.Count == 0 && !block.Arrays.Any(a => a.IsAlias);
        block = block.Unrestricted;
        writer.Open("unchecked");
        NestedBlockEmitter.WriteLanes(writer, block.Blocks, "TryPokeLane", "value, enabled");
        WindowEmitter.WriteLanes(writer, block, "TryPokeLane", "value, enabled", counts: false);
        ArrayEmitter.WriteWrites(writer, block, poke: true, writes);
        Lane[] lanes = [.. Lane.Split(block).Where(l => writes ? !SameAs.Write(l.Registers) : l.Registers.Any(r => IsPoked(r.Model)))];
        if (lanes.Length > 0)
        {
            writer.Open("switch (offset)");
            foreach (Lane lane in lanes)
                WritePokedLane(writer, lane);
            writer.Close();
            writer.Line();
        }

        writer.Line(writes ? $"return (({Interface})this).TryWriteLane(offset, value, enabled);" : "return false;");
        writer.Close();
    }

    // Registers that share bytes, one for reading and one for writing, are both stored to: no one answers for the other.
    private static void WritePokedLane(IndentedWriter writer, Lane lane)
    {
        LaneRegister[] registers = [.. lane.Registers.Where(r => IsPoked(r.Model))];
        writer.Open($"case {Literal.Offset(lane.Offset)}: // {string.Join(", ", lane.Registers.Select(r => Literal.Comment(r.Model.Name)))}");
        if (registers.Length == 0)
        {
            // A write would run a handler here.
            writer.Line("return false;");
            writer.Close();
            return;
        }

        foreach (Condition condition in registers.SelectMany(r => r.Model.Conditions).GroupBy(c => c.Question).Select(g => g.First()))
            writer.Line($"bool when{condition.Question} = {condition.Expression};");
        writer.Line("bool claimed = false;");
        foreach (LaneRegister register in registers)
        {
            IEnumerable<string> asked = register.There(static c => "when" + c.Question);
            writer.Open($"if ({string.Join(" && ", asked.Prepend($"(enabled & {Literal.Working(register.Bytes, lane.Bytes)}) != 0"))})");
            PokeOne(writer, register);
            writer.Line("claimed = true;");
            writer.Close();
            writer.Line();
        }

        writer.Line("return claimed;");
        writer.Close();
    }

    /// <summary>A guest's read of one register, or a look at it.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="register">The register.</param>
    /// <param name="into"><c>value =</c>, or what puts a lane together.</param>
    /// <param name="peek">Whether it has no side effect.</param>
    public static void ReadOne(IndentedWriter writer, LaneRegister register, string into, bool peek)
    {
        WindowEmitter.WriteAt(writer, register.Model);
        if (!peek)
            SplitRegister.WriteLatch(writer, register);
        writer.Line($"{into} {RegisterRead.Value(register, peek)};");
        if (peek)
            return;
        RegisterRead.WriteAfter(writer, register);
        WindowEmitter.WriteNext(writer, register.Model);
    }

    /// <summary>A guest's write of one register.</summary>
    public static void WriteOne(IndentedWriter writer, LaneRegister register)
    {
        WindowEmitter.WriteAt(writer, register.Model);
        RegisterWrite.Write(writer, register);
        WindowEmitter.WriteNext(writer, register.Model);
    }

    /// <summary>A store into one register.</summary>
    public static void PokeOne(IndentedWriter writer, LaneRegister register)
    {
        WindowEmitter.WriteAt(writer, register.Model);
        RegisterWrite.Poke(writer, register);
    }

    /// <summary>Each storage at its own address, and at a window, which may be all that it has.</summary>
    public static bool IsPoked(RegisterModel register) =>
        register is { Storage: not null, IsConstant: false } && (!register.IsAlias || register.Window is not null);
}
