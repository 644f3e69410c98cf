using Mdev.Sdk.Generators.Reading;

namespace Mdev.Sdk.Generators.Emitting;

/// <summary>Prints what reading one register gives and does.</summary>
internal static class RegisterRead
{
    /// <summary>The value of a read or, without side effects, of a peek, at its place in the lane.</summary>
    public static string Value(LaneRegister register, bool peek)
    {
        if (register.IsSplit)
            return SplitRegister.Value(register, peek);
        RegisterModel model = register.Model;
        RegisterType type = model.Type;
        string value;
        if (model.OnRead is { } handler && (!peek || handler.Pure))
        {
            string[] arguments = [.. new[] { handler.Index, handler.TakesStored ? model.Storage : null, handler.TakesAccess ? register.Access(peek) : null }.OfType<string>()];
            value = $"{handler.Method}({string.Join(", ", arguments)})";
            if (type.Converts)
                value = $"({type.Integer}){value}";
        }
        else if (model.Storage is null)
        {
            // Nobody knows what the handler would say, and asking it does something.
            return "0";
        }
        else
        {
            value = type.Converts ? $"({type.Integer}){model.Storage}" : model.Storage;
            if ((model.Access.R & type.Ones) != type.Ones)
                value = $"({value} & {Literal.Working(model.Access.R, type.Bytes)})";
        }

        return register.Shift == 0 ? value
            : type.Bytes == 8 ? value
            : $"(ulong){value} << {Literal.Number(register.Shift)}";
    }

    /// <summary>What becomes of bits that reading clears or sets, after their value has been taken.</summary>
    public static void WriteAfter(IndentedWriter writer, LaneRegister register)
    {
        RegisterModel model = register.Model;
        if (register.IsSplit || model.Storage is null || model.IsConstant || (model.Access.RC | model.Access.RS) == 0)
            return;
        int bytes = model.Type.Bytes;
        string touched = Touched(register), left = model.Type.Converts ? $"({model.Type.Integer}){model.Storage}" : model.Storage;
        if (model.Access.RC != 0)
            left = $"({left} & ~({Literal.Working(model.Access.RC, bytes)}{touched}))";
        if (model.Access.RS != 0)
            left = $"({left} | ({Literal.Working(model.Access.RS, bytes)}{touched}))";
        writer.Line($"{model.Storage} = unchecked({Converted(model.Type, left)});");
    }

    /// <summary>As a factor of a mask: the bytes of the register that the access touches. A register of one byte is only asked for that byte.</summary>
    public static string Touched(LaneRegister register)
    {
        int bytes = register.Model.Type.Bytes;
        if (bytes == 1 || register.Enabled is null)
            return "";
        string enabled = register.Shift == 0 ? register.Enabled : $"({register.Enabled} >> {Literal.Number(register.Shift)})";
        return bytes == 8 ? $" & {enabled}" : $" & ({Literal.WorkingType(bytes)}){enabled}";
    }

    public static string Converted(RegisterType type, string working) => type.Converts
        ? $"({type.Name})({type.Integer}){working}"
        : $"({type.Integer}){working}";
}
