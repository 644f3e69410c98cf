using Mdev.Sdk.Generators.Reading;

namespace Mdev.Sdk.Generators.Emitting;

/// <summary>
/// Prints register arrays: a range test and an index, before the switch, so that 1,000 registers cost what one does. What a
/// range leaves between its registers falls through to the next.
/// </summary>
internal static class ArrayEmitter
{
    /// <param name="writer">Where to.</param>
    /// <param name="block">The block.</param>
    /// <param name="peek">Whether they have no side effect.</param>
    /// <param name="reads">Whether what a read does as well is left to it.</param>
    public static void WriteReads(IndentedWriter writer, RegisterBlockModel block, bool peek, bool reads)
    {
        LanePlan plan = LanePlan.Of(block);
        foreach (RegisterArrayModel array in plan.Alone.Where(a => a.Element.CanRead && !(reads && SameAs.Read(a.Element))))
        {
            bool several = array.Stride < (uint)block.Bus;
            WriteRange(writer, array, block, several ? "value = 0;" : null, (register, _) =>
                LaneEmitter.ReadOne(writer, register, several ? "value |=" : "value =", peek));
        }

        foreach (LaneGroup group in plan.Shared.Where(g => !(reads && g.Models.All(SameAs.Read))))
            group.WriteReads(writer, peek);
    }

    /// <param name="writer">Where to.</param>
    /// <param name="block">The block.</param>
    /// <param name="poke">Whether they store as device code does.</param>
    /// <param name="writes">Whether what a write does as well is left to it.</param>
    public static void WriteWrites(IndentedWriter writer, RegisterBlockModel block, bool poke, bool writes)
    {
        LanePlan plan = LanePlan.Of(block);
        foreach (RegisterArrayModel array in plan.Alone.Where(a => poke ? !a.IsAlias && !(writes && SameAs.Write(a.Element)) : a.Element.CanWrite))
        {
            WriteRange(writer, array, block, null, (register, _) =>
            {
                if (poke)
                    LaneEmitter.PokeOne(writer, register);
                else
                    LaneEmitter.WriteOne(writer, register);
            });
        }

        foreach (LaneGroup group in plan.Shared)
        {
            if (poke)
                group.WritePokes(writer);
            else
                group.WriteWrites(writer);
        }
    }

    public static void WriteNames(IndentedWriter writer, RegisterBlockModel block)
    {
        foreach (RegisterArrayModel array in block.Arrays.Where(a => a.IsPlaced && (a.Element.CanRead || a.Element.CanWrite)))
        {
            string direction = array.Element is { CanRead: true, CanWrite: true } ? "" : array.Element.CanWrite ? " && write" : " && !write";
            string guards = string.Concat(Guards(array, block).Select(g => " && " + g));
            writer.Open($"if ({Inside(array)}{direction}{guards})");
            writer.Line($"return $\"{array.NameOf($"(offset - {Literal.Offset(array.Offset)}u) / {Literal.Offset(array.Stride)}u")}\";");
            writer.Close();
            writer.Line();
        }
    }

    private static string Inside(RegisterArrayModel array)
    {
        string at = $"offset - {Literal.Offset(array.Offset)}u", stride = $"{Literal.Offset(array.Stride)}u";
        return $"{at} < {Literal.Offset((uint)(array.End - array.Offset))}u && ({at}) % {stride} < {Literal.Number(array.Element.Type.Bytes)}";
    }

    // Names are looked up array by array and then register by register; where MDEV202 leaves it open, the one declared first answers.
    private static IEnumerable<string> Guards(RegisterArrayModel array, RegisterBlockModel block)
    {
        foreach (Condition condition in array.Element.Conditions)
            yield return Asked(condition);
        if (array.Element.Conditions.Count == 0)
            yield break;
        foreach (RegisterArrayModel other in block.Arrays.Where(a => a.IsPlaced && Precedes(a.Element, Extent.BytesOf(a))))
            yield return $"!({string.Join(" && ", other.Element.Conditions.Select(Asked).Prepend(Inside(other)))})";
        foreach (RegisterModel other in block.Registers.Where(r => Precedes(r, Extent.BytesOf(r))))
        {
            string inside = $"offset - {Literal.Offset(other.Offset)}u < {Literal.Number(other.Type.Bytes)}u";
            yield return $"!({string.Join(" && ", new LaneRegister(other, other.Offset, block).There(Asked).Prepend(inside))})";
        }

        bool Precedes(RegisterModel other, Extent bytes) => other.Order < array.Element.Order && other.Conditions.Count > 0
            && other.SharesDirectionWith(array.Element) && !other.ExcludedBy(array.Element) && bytes.Meets(Extent.BytesOf(array));

        static string Asked(Condition condition) => condition.Wanted ? condition.Expression : "!" + condition.Expression;
    }

    private static void WriteRange(
        IndentedWriter writer, RegisterArrayModel array, RegisterBlockModel block, string? first, Action<LaneRegister, bool> body)
    {
        uint bus = (uint)block.Bus, lane = array.Offset / bus * bus;
        uint lanes = (uint)((array.End - lane + bus - 1) / bus * bus);
        string from = Literal.Offset(lane);
        writer.Open($"if (offset - {from}u < {Literal.Offset(lanes)}u{(array.Stride > bus ? $" && (offset - {from}u) % {Literal.Offset(array.Stride)}u == 0" : "")}) // {Literal.Comment(array.Name)}");
        if (array.Stride >= bus)
            WriteOne(writer, array, block, $"(offset - {from}u) / {Literal.Offset(array.Stride)}u", body);
        else
            WriteSeveral(writer, array, block, from, first, body);
        writer.Close();
        writer.Line();
    }

    // One register a lane, or fewer.
    private static void WriteOne(
        IndentedWriter writer, RegisterArrayModel array, RegisterBlockModel block, string index, Action<LaneRegister, bool> body)
    {
        var register = new LaneRegister(array.Element, array.Offset / (uint)block.Bus * (uint)block.Bus, block);
        if (register.Met is { } met)
            writer.Open($"if ({met})");
        writer.Line($"int at = (int)({index});");
        body(register, register.FillsLane);
        writer.Line("return true;");
        if (register.Met is not null)
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
            writer.Open($"if (at < {Literal.Number(array.Count)} && {register.Met})");
            body(register, false);
            writer.Line("claimed = true;");
            writer.Close();
            writer.Close();
            writer.Line();
        }

        writer.Line("return claimed;");
    }
}
