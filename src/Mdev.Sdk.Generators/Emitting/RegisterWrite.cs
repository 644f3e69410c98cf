using Mdev.Sdk.Generators.Reading;

namespace Mdev.Sdk.Generators.Emitting;

/// <summary>Prints what a guest's write of one register does.</summary>
internal static class RegisterWrite
{
    public static void Write(IndentedWriter writer, LaneRegister register)
    {
        if (register.IgnoresParts)
            writer.Open($"if ({register.MetWhole})");
        if (register.IsSplit)
            SplitRegister.Write(writer, register);
        else
            WriteRegister(writer, register);
        if (register.IgnoresParts)
            writer.Close();
    }

    private static void WriteRegister(IndentedWriter writer, LaneRegister register)
    {
        RegisterModel model = register.Model;
        if (model.Storage is not { } storage)
        {
            string access = model.OnWrite!.TakesAccess ? $", {register.Access(peek: false)}" : "";
            writer.Line($"{model.OnWrite.Method}({RegisterRead.Converted(model.Type, PortValue(register))}{access});");
            return;
        }

        if (model.Gate is not null)
            writer.Open($"if ({model.Gate})");
        WriteStored(writer, register, storage);
        if (model.Gate is not null)
            writer.Close();
    }

    /// <summary>Storing as device code does: every enabled bit, no handler.</summary>
    public static void Poke(IndentedWriter writer, LaneRegister register)
    {
        AccessMasks all = AccessMasks.Of(AccessReader.ReadWrite, register.Model.Type.Ones);
        var raw = register.With(register.Model with { Access = all, OnWrite = null, Watched = default });
        WriteStored(writer, raw, register.Model.Storage!);
    }

    private static void WriteStored(IndentedWriter writer, LaneRegister register, string storage)
    {
        RegisterModel model = register.Model;
        if (model.IsConstant)
        {
            if (model.OnWrite is { } noted)
                writer.Line($"{noted.Method}({Arguments(register, noted, storage, storage)});");
            return;
        }

        WatchEmitter.WriteTest(writer, register, Shifted(register.Value, register));
        ulong clearing = model.Access.SelfClearing;
        if (model.OnWrite is not { } handler)
        {
            string stored = Merged(writer, register, storage);
            if (clearing != 0)
                stored = Without(model.Type, stored, clearing);
            writer.Line($"{storage} = {stored};");
            return;
        }

        string old = storage;
        if (handler.TakesStored)
        {
            writer.Line($"{model.Type.Name} before = {storage};");
            old = "before";
        }

        writer.Line($"{model.Type.Name} written = {Merged(writer, register, old)};");
        string call = $"{handler.Method}({Arguments(register, handler, "before", "written")})";
        if (handler.Returns)
        {
            writer.Line($"{storage} = {(clearing == 0 ? call : Without(model.Type, call, clearing))};");
            return;
        }

        // The handler finds the new value in place, and may change it.
        writer.Line($"{storage} = written;");
        writer.Line($"{call};");
        if (clearing != 0)
            writer.Line($"{storage} = {Without(model.Type, storage, clearing)};");
    }

    private static string Arguments(LaneRegister register, Handler handler, string before, string written) => string.Join(
        ", ", new[] { handler.Index, handler.TakesStored ? before : null, written, handler.TakesAccess ? register.Access(peek: false) : null }.OfType<string>());

    private static string Without(RegisterType type, string value, ulong bits)
    {
        string integer = type.Converts ? $"({type.Integer}){value}" : value;
        return RegisterRead.Converted(type, $"({integer} & {Literal.Working(~bits & type.Ones, type.Bytes)})");
    }

    /// <summary>The value to store: what the access of each enabled bit makes of the old and the new one.</summary>
    private static string Merged(IndentedWriter writer, LaneRegister register, string old)
    {
        RegisterModel model = register.Model;
        RegisterType type = model.Type;
        int bytes = type.Bytes;
        string value = Shifted(register.Value, register);
        if (!model.Access.IsPlain)
            return Behaving(writer, register, old, value);

        // A register of one byte is asked only if that byte is enabled, so that its mask is known now.
        ulong mask = model.Access.W;
        if (bytes == 1 && mask == type.Ones)
            return RegisterRead.Converted(type, value);

        string working = Literal.WorkingType(bytes);
        string stored = type.Converts ? $"({type.Integer}){old}" : old;
        string incoming = bytes == 8 ? value : $"({working}){value}";
        if (bytes == 1)
        {
            string keep = Literal.Working(~mask & type.Ones, bytes), take = Literal.Working(mask, bytes);
            return RegisterRead.Converted(type, $"(({stored} & {keep}) | ({incoming} & {take}))");
        }

        string enabled = Shifted(register.Enabled!, register);
        string writable = bytes == 8 ? enabled : $"({working}){enabled}";
        if (mask != type.Ones)
            writable += $" & {Literal.Working(mask, bytes)}";
        writer.Line($"{working} writable = {writable};");
        string merged = $"({stored} & ~writable) | ({incoming} & writable)";
        return type.Integer == working && !type.Converts ? merged : RegisterRead.Converted(type, $"({merged})");
    }

    /// <summary>Each way of writing in turn, as far as the register has it; every mask stays within the enabled bytes.</summary>
    private static string Behaving(IndentedWriter writer, LaneRegister register, string old, string value)
    {
        RegisterModel model = register.Model;
        RegisterType type = model.Type;
        AccessMasks access = model.Access;
        int bytes = type.Bytes;
        string working = Literal.WorkingType(bytes), touched = RegisterRead.Touched(register);
        writer.Line($"{working} merged = {(type.Converts ? $"({type.Integer})" : "")}{old};");
        writer.Line($"{working} incoming = {(bytes == 8 ? value : $"({working}){value}")};");
        if (access.W != 0)
        {
            string once = access.Once == 0 ? "" : $" & ~{model.LockField}";
            writer.Line($"{working} writable = {Mask(access.W)}{once};");
            writer.Line("merged = (merged & ~writable) | (incoming & writable);");
            if (access.Once != 0)
                writer.Line($"{model.LockField} |= {Mask(access.Once)};");
        }

        Term(access.W1C, mask => $"merged &= ~(incoming & {mask});");
        Term(access.W1S, mask => $"merged |= incoming & {mask};");
        Term(access.W1T, mask => $"merged ^= incoming & {mask};");
        Term(access.W0C, mask => $"merged &= incoming | ~({mask});");
        Term(access.W0S, mask => $"merged |= ~incoming & {mask};");
        Term(access.W0T, mask => $"merged ^= ~incoming & {mask};");
        Term(access.WC, mask => $"merged &= ~({mask});");
        Term(access.WS, mask => $"merged |= {mask};");
        return type.Integer == working && !type.Converts ? "merged" : RegisterRead.Converted(type, "merged");

        void Term(ulong bits, Func<string, string> line)
        {
            if (bits != 0)
                writer.Line(line(Mask(bits)));
        }

        string Mask(ulong bits) => $"{Literal.Working(bits, bytes)}{touched}";
    }

    private static string PortValue(LaneRegister register)
    {
        if (register.Model.Type.Bytes == 1)
            return Shifted(register.Value, register);
        string value = $"({register.Value} & {register.Enabled})";
        return register.Shift == 0 ? value : $"({value} >> {Literal.Number(register.Shift)})";
    }

    private static string Shifted(string lane, LaneRegister register) =>
        register.Shift == 0 ? lane
            : register.Shift < 0 ? $"({lane} << {Literal.Number(-register.Shift)})"
            : $"({lane} >> {Literal.Number(register.Shift)})";
}
