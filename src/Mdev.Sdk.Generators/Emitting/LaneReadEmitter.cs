using Mdev.Sdk.Generators.Reading;

namespace Mdev.Sdk.Generators.Emitting;

/// <summary>Prints what a guest's read of a lane does.</summary>
internal static class LaneReadEmitter
{
    public static void Write(IndentedWriter writer, IReadOnlyList<Lane> lanes)
    {
        Lane.WriteSwitch(writer, lanes, write: false, body =>
        {
            if (!body.Whole)
                writer.Line("ulong lane = 0;");
            body.Write(
                register => writer.Line(body.Whole ? $"value = {Value(register)};" : $"lane |= {Value(register)};"),
                () => writer.Line("value = lane;"));
        });
        writer.Line("value = 0;");
        writer.Line("return false;");
    }

    private static string Value(LaneRegister register)
    {
        RegisterModel model = register.Model;
        string value = model.OnRead is { } handler
            ? $"{handler.Method}({(handler.TakesStored ? model.Storage : "")})"
            : model.Storage!;
        if (model.Type.Converts)
            value = $"({model.Type.Integer}){value}";
        return register.Shift == 0 ? value
            : model.Type.Bytes == 8 ? value
            : $"(ulong){value} << {Literal.Number(register.Shift)}";
    }
}
