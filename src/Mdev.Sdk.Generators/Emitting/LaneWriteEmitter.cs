using Mdev.Sdk.Generators.Reading;

namespace Mdev.Sdk.Generators.Emitting;

/// <summary>Prints what a guest's write of a lane does.</summary>
internal static class LaneWriteEmitter
{
    public static void Write(IndentedWriter writer, IReadOnlyList<Lane> lanes)
    {
        // Casts that cut are meant to cut, also in a program built with overflow checks.
        writer.Open("unchecked");
        Lane.WriteSwitch(
            writer,
            lanes,
            write: true,
            body => body.Write(register => WriteRegister(writer, register), static () => { }));
        writer.Line("return false;");
        writer.Close();
    }

    private static void WriteRegister(IndentedWriter writer, LaneRegister register)
    {
        if (register.Model.Storage is { } storage)
            WriteStored(writer, register, storage);
        else
            writer.Line($"{register.Model.OnWrite!.Method}({Converted(register.Model.Type, PortValue(register))});");
    }

    private static void WriteStored(IndentedWriter writer, LaneRegister register, string storage)
    {
        RegisterModel model = register.Model;
        if (model.OnWrite is not { } handler)
        {
            writer.Line($"{storage} = {Merged(writer, register, storage)};");
            return;
        }

        string old = storage;
        if (handler.TakesStored)
        {
            writer.Line($"{model.Type.Name} before = {storage};");
            old = "before";
        }

        writer.Line($"{model.Type.Name} written = {Merged(writer, register, old)};");
        string call = $"{handler.Method}({(handler.TakesStored ? "before, " : "")}written)";
        if (handler.Returns)
        {
            writer.Line($"{storage} = {call};");
            return;
        }

        // The handler finds the new value in place, and may change it.
        writer.Line($"{storage} = written;");
        writer.Line($"{call};");
    }

    /// <summary>The value to store: enabled, writable bits of the new one, the other bits of the old one.</summary>
    private static string Merged(IndentedWriter writer, LaneRegister register, string old)
    {
        RegisterModel model = register.Model;
        RegisterType type = model.Type;
        int bytes = type.Bytes;
        string value = Shifted("value", register);

        // A register of one byte is asked only if that byte is enabled, so that its mask is known now.
        if (bytes == 1 && model.Mask == type.Ones)
            return Converted(type, value);

        string working = Literal.WorkingType(bytes);
        string stored = type.Converts ? $"({type.Integer}){old}" : old;
        string incoming = bytes == 8 ? value : $"({working}){value}";
        if (bytes == 1)
        {
            string keep = Literal.Working(~model.Mask & type.Ones, bytes), take = Literal.Working(model.Mask, bytes);
            return Converted(type, $"(({stored} & {keep}) | ({incoming} & {take}))");
        }

        string enabled = Shifted("enabled", register);
        string writable = bytes == 8 ? enabled : $"({working}){enabled}";
        if (model.Mask != type.Ones)
            writable += $" & {Literal.Working(model.Mask, bytes)}";
        writer.Line($"{working} writable = {writable};");
        string merged = $"({stored} & ~writable) | ({incoming} & writable)";
        return type.Integer == working && !type.Converts ? merged : Converted(type, $"({merged})");
    }

    private static string PortValue(LaneRegister register)
    {
        if (register.Model.Type.Bytes == 1)
            return Shifted("value", register);
        return register.Shift == 0 ? "(value & enabled)" : $"((value & enabled) >> {Literal.Number(register.Shift)})";
    }

    private static string Shifted(string lane, LaneRegister register) =>
        register.Shift == 0 ? lane : $"({lane} >> {Literal.Number(register.Shift)})";

    private static string Converted(RegisterType type, string working) => type.Converts
        ? $"({type.Name})({type.Integer}){working}"
        : $"({type.Integer}){working}";
}
