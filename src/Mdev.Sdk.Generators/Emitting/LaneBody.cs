using Mdev.Sdk.Generators.Reading;

namespace Mdev.Sdk.Generators.Emitting;

/// <summary>Writes what surrounds the registers of a lane: conditions, byte enables, what is returned.</summary>
internal sealed class LaneBody(IndentedWriter writer, Lane lane, IReadOnlyList<LaneRegister> registers, bool write)
{
    /// <summary>Whether all that can answer fills the lane, so that at most one does and nothing has to be put together.</summary>
    public bool Whole { get; } = registers.All(r => r.FillsLane && !r.RejectsParts);

    public void Write(Action<LaneRegister> access, Action finish)
    {
        WriteConditions();
        if (Whole)
            WriteWhole(access);
        else
            WriteParts(access, finish);
    }

    /// <summary>Once an access and before anything else: a handler may change what a condition asks.</summary>
    private void WriteConditions()
    {
        foreach (Condition condition in registers.SelectMany(r => r.Asked(write)).GroupBy(c => c.Question).Select(g => g.First()))
            writer.Line($"bool {Local(condition)} = {condition.Expression};");
    }

    private void WriteWhole(Action<LaneRegister> access)
    {
        for (int i = 0; i < registers.Count; i++)
        {
            LaneRegister register = registers[i];
            bool otherwise = i == 1 && registers.Count == 2 && register.Model.Window is null && Complements(registers[0].Model, register.Model);
            if (otherwise || register.Guard(write, Local) is not { } guard)
            {
                // In braces where others came before, whose locals have the same names.
                if (i > 0)
                    writer.Open();
                access(register);
                writer.Line("return true;");
                if (i > 0)
                    writer.Close();
                return;
            }

            writer.Open($"if ({guard})");
            access(register);
            writer.Line("return true;");
            writer.Close();
            writer.Line();
        }

        // As for a lane that nobody has: the end of the method.
        writer.Line("break;");
    }

    private void WriteParts(Action<LaneRegister> access, Action finish)
    {
        bool conditional = registers.Any(r => r.RejectsParts || r.Guard(write, Local) is not null);
        ulong union = registers.Aggregate(0ul, (all, r) => all | r.Bytes);
        if (conditional)
            writer.Line("bool claimed = false;");
        foreach (LaneRegister register in registers)
        {
            string?[] asked = [register.Met, register.Guard(write, Local)];
            writer.Open($"if ({string.Join(" && ", asked.Where(a => a is not null))})");
            access(register);
            if (conditional)
                writer.Line("claimed = true;");
            writer.Close();
            writer.Line();
        }

        finish();
        ulong all = ulong.MaxValue >> (64 - (lane.Bytes * 8));
        writer.Line(conditional ? "return claimed;"
            : union == all ? "return true;"
            : $"return (enabled & {Literal.Working(union, lane.Bytes)}) != 0;");
    }

    // One of the two is there: not so of two pages, beside which there may be others.
    private static bool Complements(RegisterModel one, RegisterModel other) =>
        one.Conditions.Count == 1 && other.Conditions.Count == 1
        && one.Conditions[0].Is == other.Conditions[0].Is && one.ExcludedBy(other);

    private static string Local(Condition condition) => "when" + condition.Question;
}
