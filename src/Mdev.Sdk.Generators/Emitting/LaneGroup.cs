using Mdev.Sdk.Generators.Reading;

namespace Mdev.Sdk.Generators.Emitting;

/// <summary>
/// Arrays, and registers, that share lanes of the bus: all of them are asked, and what they say of a lane is put together. What lies
/// between their lanes falls through to the next.
/// </summary>
internal sealed class LaneGroup
{
    private readonly LaneSlot[] _slots;
    private readonly string _test;

    public LaneGroup(RegisterBlockModel block, IReadOnlyList<RegisterArrayModel> arrays, IReadOnlyList<RegisterModel> registers)
    {
        // In the order of a lane's bytes, as the switch has its registers.
        _slots =
        [
            .. arrays.SelectMany(a => LaneSlot.Of(a, block)).Concat(registers.SelectMany(r => LaneSlot.Of(r, block)))
                .OrderBy(s => s.Model.Offset % block.Bus).ThenBy(s => s.Model.Order),
        ];
        uint bus = (uint)block.Bus, first = _slots.Min(s => s.Lanes.First);
        _test = LaneSlot.TestOf(new Extent("", default, first, bus, (uint)((_slots.Max(s => s.Lanes.End) - first) / bus), bus));
    }

    /// <summary>All that lies in these lanes.</summary>
    public IEnumerable<RegisterModel> Models => _slots.Select(s => s.Model);

    public void WriteReads(IndentedWriter writer, bool peek) => Write(
        writer,
        [.. _slots.Where(s => s.Model.CanRead)],
        slot => Guard(slot, write: false),
        (register, whole) => LaneEmitter.ReadOne(writer, register, whole ? "value =" : "lane |=", peek),
        gathers: true);

    public void WriteWrites(IndentedWriter writer) => Write(
        writer,
        [.. _slots.Where(s => s.Model.CanWrite)],
        slot => Guard(slot, write: true),
        (register, _) => LaneEmitter.WriteOne(writer, register),
        gathers: false);

    // Where two directions share bytes, both are stored to.
    public void WritePokes(IndentedWriter writer) => Write(
        writer,
        [.. _slots.Where(s => LaneEmitter.IsPoked(s.Model))],
        static slot => slot.Register.There(Local),
        (register, _) => LaneEmitter.PokeOne(writer, register),
        gathers: false,
        several: true);

    private void Write(
        IndentedWriter writer, LaneSlot[] slots, Func<LaneSlot, IEnumerable<string>> guard, Action<LaneRegister, bool> access, bool gathers, bool several = false)
    {
        if (slots.Length == 0)
            return;

        // At most one answers: nothing has to be put together.
        bool whole = !several && slots.All(s => s.Register.Met is null);
        writer.Open($"if ({_test}) // {string.Join(", ", slots.Select(s => Literal.Comment(s.Model.Name)).Distinct())}");
        foreach (Condition condition in slots.SelectMany(s => s.Model.Conditions).GroupBy(c => c.Question).Select(g => g.First()))
            writer.Line($"bool {Local(condition)} = {condition.Expression};");
        if (gathers && !whole)
            writer.Line("ulong lane = 0;");
        if (!whole)
            writer.Line("bool claimed = false;");
        foreach (LaneSlot slot in slots)
        {
            string?[] asked = [slot.Test == _test ? null : slot.Test, slot.Register.Met];
            string all = string.Join(" && ", asked.OfType<string>().Concat(guard(slot)));
            if (all.Length == 0)
                writer.Open();
            else
                writer.Open($"if ({all})");
            if (slot.Number is not null)
                writer.Line($"int at = {slot.Number};");
            access(slot.Register, whole);
            writer.Line(whole ? "return true;" : "claimed = true;");
            writer.Close();
            if (!whole || slot != slots[slots.Length - 1])
                writer.Line();
        }

        if (!whole)
        {
            writer.Open("if (claimed)");
            if (gathers)
                writer.Line("value = lane;");
            writer.Line("return true;");
            writer.Close();
        }

        writer.Close();
        writer.Line();
    }

    // Where declarations do not show that two exclude each other (MDEV202), the one declared first answers.
    private IEnumerable<string> Guard(LaneSlot slot, bool write)
    {
        foreach (string there in slot.Register.There(Local))
            yield return there;
        foreach (LaneSlot other in _slots)
        {
            if (other.Model.Order < slot.Model.Order && other.Model.Answers(write) && (other.Register.Bytes & slot.Register.Bytes) != 0
                && !other.Model.ExcludedBy(slot.Model) && other.Lanes.Meets(slot.Lanes))
            {
                yield return $"!({string.Join(" && ", other.Register.There(Local).Prepend(other.Test))})";
            }
        }
    }

    private static string Local(Condition condition) => "when" + condition.Question;
}
