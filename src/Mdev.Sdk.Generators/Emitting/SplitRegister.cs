using Mdev.Sdk.Generators.Reading;

namespace Mdev.Sdk.Generators.Emitting;

/// <summary>Prints what is special of a register that is wider than the bus: latches for reading, collected bytes for writing.</summary>
internal static class SplitRegister
{
    /// <summary>The part that lies in a lane, at the lane's lowest bit.</summary>
    public static string Value(LaneRegister register, bool peek)
    {
        bool latched = register.Model.LatchesReads && !peek;
        string whole = latched ? Latch(register.Model) : RegisterRead.Value(register.AsWhole(write: false), peek);
        if (whole == "0")
            return whole;
        return $"({RegisterType.IntegerOf(register.LaneBytes)}){(register.Shift == 0 ? whole : $"({whole} >> {Literal.Number(-register.Shift)})")}";
    }

    /// <summary>Before the value of the first lane is taken: the whole is, and reading does to its bits what it does.</summary>
    public static void WriteLatch(IndentedWriter writer, LaneRegister register)
    {
        if (!register.IsSplit || !register.IsFirst || !register.Model.LatchesReads)
            return;
        LaneRegister whole = register.AsWhole(write: false);
        writer.Line($"{Latch(register.Model)} = {RegisterRead.Value(whole, peek: false)};");
        RegisterRead.WriteAfter(writer, whole);
    }

    public static void Write(IndentedWriter writer, LaneRegister register)
    {
        RegisterModel model = register.Model;
        string collected = Collected(model), enabled = Enabled(model), working = Literal.WorkingType(model.Type.Bytes);
        if (!register.IsLast)
        {
            writer.Line($"{collected} = ({collected} & ~{Placed("enabled")}) | {Placed("(value & enabled)")};");
            writer.Line($"{enabled} |= {Placed("enabled")};");
            return;
        }

        writer.Line($"{working} collected = {collected} | {Placed("(value & enabled)")};");
        writer.Line($"{working} touched = {enabled} | {Placed("enabled")};");
        writer.Line($"({collected}, {enabled}) = (0, 0);");
        RegisterWrite.Write(writer, register.AsWhole(write: true));

        // At the lane's place in the whole.
        string Placed(string lane)
        {
            string at = register.Shift == 0 ? lane : $"({lane} << {Literal.Number(-register.Shift)})";
            return working == "ulong" ? at : $"({working}){at}";
        }
    }

    public static void WriteFields(IndentedWriter writer, RegisterBlockModel block)
    {
        foreach ((string field, int bytes) in Fields(block))
        {
            writer.Line();
            writer.Line(Shell.Generated);
            writer.Line($"private {Literal.WorkingType(bytes)} {field};");
        }
    }

    public static void WriteResets(IndentedWriter writer, RegisterBlockModel block)
    {
        foreach ((string field, _) in Fields(block))
            writer.Line($"{field} = 0;");
    }

    /// <summary>What an unfinished access leaves behind, each with the bytes of its register: state of the device like its registers.</summary>
    public static IEnumerable<(string Field, int Bytes)> Fields(RegisterBlockModel block) => block.Registers
        .Where(r => r.Type.Bytes > block.Bus)
        .SelectMany(FieldsOf)
        .GroupBy(f => f.Field)
        .Select(g => g.First());

    private static IEnumerable<(string Field, int Bytes)> FieldsOf(RegisterModel model)
    {
        if (model.CanRead && model.LatchesReads)
            yield return (Latch(model), model.Type.Bytes);
        if (model.CanWrite && model.CommitsWrites)
        {
            yield return (Collected(model), model.Type.Bytes);
            yield return (Enabled(model), model.Type.Bytes);
        }
    }

    private static string Latch(RegisterModel model) => "_latch" + Suffix(model);

    private static string Collected(RegisterModel model) => "_collected" + Suffix(model);

    private static string Enabled(RegisterModel model) => "_enabled" + Suffix(model);

    // Each address has its own: a property may have several, and so may a method.
    private static string Suffix(RegisterModel model)
    {
        string member = model.Storage ?? (model.OnRead ?? model.OnWrite)!.Method;
        string name = member.Substring(member.LastIndexOf('.') + 1).TrimStart('@');
        return model is { Storage: not null, IsAlias: false } ? $"Of{name}" : $"At{Literal.Offset(model.Offset).Substring(2)}Of{name}";
    }
}
