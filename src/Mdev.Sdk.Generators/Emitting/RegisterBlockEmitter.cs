using Mdev.Sdk.Generators.Reading;

namespace Mdev.Sdk.Generators.Emitting;

/// <summary>Prints a register block. Members of the interface are explicit, so that authors can use their names.</summary>
internal static class RegisterBlockEmitter
{
    private const string Interface = "global::Mdev.Sdk.Registers.IRegisterBlock";
    private const string Info = "global::Mdev.Sdk.Registers.RegisterBlockInfo";

    public static SourceFile Emit(RegisterBlockModel block) => Shell.Write(
        block.Shell,
        "Registers",
        Interface,
        writer => RegisterTable.Write(writer, block),
        writer => WriteMembers(writer, block));

    private static void WriteMembers(IndentedWriter writer, RegisterBlockModel block)
    {
        WriteInfo(writer, block);
        foreach (PartialProperty property in block.Properties)
            WriteProperty(writer, block, property);

        IReadOnlyList<Lane> lanes = Lane.Split(block);
        WriteMethod(
            writer,
            block,
            $"bool {Interface}.TryReadLane(uint offset, ulong enabled, out ulong value)",
            () => LaneReadEmitter.Write(writer, lanes));
        WriteMethod(
            writer,
            block,
            $"bool {Interface}.TryWriteLane(uint offset, ulong value, ulong enabled)",
            () => LaneWriteEmitter.Write(writer, lanes));
        WriteMethod(
            writer,
            block,
            $"string? {Interface}.NameAt(uint offset, bool write)",
            () => NameEmitter.Write(writer, block));
        WriteMethod(
            writer,
            block,
            $"void {Interface}.Reset()",
            () => WriteReset(writer, block));
    }

    private static void WriteInfo(IndentedWriter writer, RegisterBlockModel block)
    {
        string name = Literal.Text(block.Shell.Name);
        string width = block.Bus switch { 1 => "Byte", 2 => "Word", 4 => "Dword", _ => "Qword" };
        writer.Line(Shell.Generated);
        writer.Line($"private static readonly {Info} s_registerBlockInfo = new(");
        writer.Continued(
            $"{name}, {Literal.Offset(block.Size)}, global::Mdev.Sdk.Registers.AccessWidth.{width}, {block.Wide}, {block.Unmapped});");
        writer.Line();
        writer.Line("/// <inheritdoc/>");
        writer.Mark();
        writer.Line($"{Info} {Interface}.Info => s_registerBlockInfo;");
    }

    /// <summary>No documentation here: an implementing part's would hide what the author has written on the property.</summary>
    private static void WriteProperty(IndentedWriter writer, RegisterBlockModel block, PartialProperty property)
    {
        writer.Line();
        writer.Mark();
        writer.Open($"{property.Modifiers} {property.Type} {property.Name}");
        if (property.Getter is not null)
            writer.Line($"{property.Getter} => field;");
        if (property.Setter is not null)
            writer.Line($"{property.Setter} => field = value;");

        RegisterModel? register = block.Registers.FirstOrDefault(r => r.Storage is not null && r.Name.Identifier() == property.Name);
        writer.Close(register is null or { Reset: 0 } ? "" : $" = {ResetValue(register)};");
    }

    private static void WriteMethod(IndentedWriter writer, RegisterBlockModel block, string signature, Action body)
    {
        writer.Line();
        writer.Line("/// <inheritdoc/>");
        writer.Mark();
        writer.Line(Shell.SteppedThrough);
        if (block.Broken)
        {
            // The program does not build: this keeps the compiler from complaining of what is only a consequence.
            writer.Line($"{signature} => throw new global::System.NotSupportedException();");
            return;
        }

        writer.Open(signature);
        body();
        writer.Close();
    }

    private static void WriteReset(IndentedWriter writer, RegisterBlockModel block)
    {
        foreach (RegisterModel register in block.Registers)
        {
            if (register.Storage is not null)
                writer.Line($"{register.Storage} = {ResetValue(register)};");
        }

        foreach (string method in block.ResetMethods)
            writer.Line($"{method}();");
    }

    private static string ResetValue(RegisterModel register)
    {
        string value = Literal.Hex(register.Reset, register.Type.Bytes);
        if (!register.Type.Converts)
            return value;

        // Zero is the default of every such type, and a cast to a type of fields is not for initialisers to run.
        return register.Reset == 0 ? "default" : $"({register.Type.Name})({register.Type.Integer}){value}";
    }
}
