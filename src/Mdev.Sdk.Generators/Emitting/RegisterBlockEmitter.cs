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
        writer => WriteMembers(writer, block),
        writer => HoverText.Write(writer, block));

    private static void WriteMembers(IndentedWriter writer, RegisterBlockModel block)
    {
        WriteInfo(writer, block);
        Dictionary<string, RegisterModel> stored = block.Registers
            .Where(r => r is { Storage: not null, IsAlias: false })
            .GroupBy(r => r.Name.Identifier())
            .ToDictionary(g => g.Key, g => g.First());
        foreach (PartialProperty property in block.Properties)
            WriteProperty(writer, block, property, stored.TryGetValue(property.Name, out RegisterModel? register) ? register : null);

        foreach (RegisterArrayModel array in block.Arrays.Where(a => !a.IsAlias))
            ArrayStorage.WriteProperty(writer, array);
        foreach (InterruptStatusModel interrupt in block.Interrupts)
            WriteInterrupt(writer, block, interrupt);

        // Of a block that is broken nothing would use them, and the compiler would complain of that.
        if (!block.Broken)
        {
            WriteLocks(writer, block);
            SplitRegister.WriteFields(writer, block);
        }

        WatchEmitter.WriteMembers(writer, block, Interface);

        const string Value = "ulong value", OutValue = "out ulong value";
        WriteMethod(writer, block, $"bool {Interface}.TryReadLane(uint offset, ulong enabled, {OutValue})", () => LaneEmitter.WriteRead(writer, block, peek: false));
        WriteMethod(writer, block, $"bool {Interface}.TryWriteLane(uint offset, {Value}, ulong enabled)", () => LaneEmitter.WriteWrite(writer, block));
        WriteMethod(writer, block, $"bool {Interface}.TryPeekLane(uint offset, ulong enabled, {OutValue})", () => LaneEmitter.WriteRead(writer, block, peek: true));
        WriteMethod(writer, block, $"bool {Interface}.TryPokeLane(uint offset, {Value}, ulong enabled)", () => LaneEmitter.WritePoke(writer, block));
        WriteMethod(
            writer,
            block,
            $"string? {Interface}.NameAt(uint offset, bool write)",
            () =>
            {
                if (block.Blocks.Count + block.Arrays.Count > 0)
                {
                    writer.Open("unchecked");
                    NestedBlockEmitter.WriteNames(writer, block.Blocks);
                    WindowEmitter.WriteNames(writer, block);
                    ArrayEmitter.WriteNames(writer, block);
                    writer.Close();
                    writer.Line();
                }

                NameEmitter.Write(writer, block);
            });
        WriteMethod(
            writer,
            block,
            $"void {Interface}.Reset(global::Mdev.Sdk.Registers.ResetKind kind)",
            () => WriteReset(writer, block));
        if (block.Blocks.Count > 0)
        {
            WriteMethod(writer, block, $"void {Interface}.End()", () => NestedBlockEmitter.WriteEnds(writer, block.Blocks));
            WriteMethod(
                writer,
                block,
                $"void {Interface}.FindCharDevices(global::System.Action<global::Mdev.Sdk.ICharDevice> found)",
                () => NestedBlockEmitter.WriteCharDevices(writer, block.Blocks));
        }

        MapEmitter.Write(writer, block);
        OffsetEmitter.Write(writer, block);
        StateEmitter.WriteBlock(writer, block);
    }

    private static void WriteInfo(IndentedWriter writer, RegisterBlockModel block)
    {
        string name = Literal.Text(block.Shell.Name);
        string width = block.Bus switch { 1 => "Byte", 2 => "Word", 4 => "Dword", _ => "Qword" };
        writer.Line(Shell.Generated);
        writer.Line($"private static readonly {Info} s_registerBlockInfo = new(");
        writer.Continued(
            $"{name}, {Literal.Offset(block.Size)}) {{ Bus = global::Mdev.Sdk.Registers.AccessWidth.{width}, Wide = {block.Wide}, Unmapped = {block.Unmapped}{string.Concat(block.Policy.Select(p => ", " + p))} }};");
        writer.Line();
        writer.Line("/// <inheritdoc/>");
        writer.Mark();
        writer.Line($"{Info} {Interface}.Info => s_registerBlockInfo;");
    }

    /// <summary>No documentation here: an implementing part's would hide what the author has written on the property.</summary>
    private static void WriteProperty(IndentedWriter writer, RegisterBlockModel block, PartialProperty property, RegisterModel? register)
    {
        writer.Line();
        writer.Mark();
        writer.Open($"{property.Modifiers} {property.Type} {property.Name}");
        // Beside a setter that has a body the getter needs none.
        if (property.Getter is not null)
            writer.Line(property.Setter is null ? $"{property.Getter} => field;" : $"{property.Getter};");
        if (property.Setter is not null)
            WriteSetter(writer, block, property);

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

    private static void WriteSetter(IndentedWriter writer, RegisterBlockModel block, PartialProperty property)
    {
        InterruptStatusModel[] following = [.. block.Interrupts.Where(i => i.Follows.Contains(property.Name.TrimStart('@')))];
        if (following.Length == 0)
        {
            writer.Line($"{property.Setter} => field = value;");
            return;
        }

        writer.Open(property.Setter!);
        writer.Line("field = value;");
        foreach (InterruptStatusModel interrupt in following)
            writer.Line($"Derive{interrupt.Name}();");
        writer.Close();
    }

    /// <summary>The line is asked for when it is first needed: the constructor may set it after the registers.</summary>
    private static void WriteInterrupt(IndentedWriter writer, RegisterBlockModel block, InterruptStatusModel interrupt)
    {
        writer.Line();
        writer.Line(Shell.Generated);
        writer.Line($"private global::Mdev.Sdk.Interrupts.InterruptSource? _sourceOf{interrupt.Name};");
        writer.Line();
        writer.Mark();
        writer.Line(Shell.SteppedThrough);
        writer.Open($"private void Derive{interrupt.Name}()");
        writer.Line($"_sourceOf{interrupt.Name} ??= {interrupt.Line}?.AddSource();");
        writer.Open($"if (_sourceOf{interrupt.Name} is {{ }} source)");
        writer.Line($"source.High = ({interrupt.Level}) != 0;");
        writer.Close();
        writer.Close();
    }

    private static void WriteLocks(IndentedWriter writer, RegisterBlockModel block)
    {
        foreach (RegisterModel register in block.Registers.Where(r => r is { IsAlias: false, Storage: not null } && IsLocked(block, r)))
        {
            writer.Line();
            writer.Line(Shell.Generated);
            writer.Line($"private {Literal.WorkingType(register.Type.Bytes)} {register.LockField};");
        }

        ArrayStorage.WriteLocks(writer, block);
    }

    // At any of its addresses.
    public static bool IsLocked(RegisterBlockModel block, RegisterModel register) =>
        block.Registers.Any(r => r.Access.Once != 0 && r.Storage == register.Storage);

    private static void WriteReset(IndentedWriter writer, RegisterBlockModel block)
    {
        const int Cold = 1, Never = 2;
        RegisterModel[] stored = [.. block.Registers.Where(r => r is { Storage: not null, IsAlias: false, IsConstant: false } && r.ResetOn != Never)];
        foreach (RegisterModel register in stored.Where(r => r.ResetOn != Cold))
            WriteRestored(register);
        foreach (RegisterArrayModel array in block.Arrays.Where(a => !a.IsAlias && a.Element.ResetOn is not (Cold or Never)))
            ArrayStorage.WriteRestored(writer, block, array);

        if (stored.Any(r => r.ResetOn == Cold) || block.Arrays.Any(a => a.Element.ResetOn == Cold))
        {
            writer.Open("if (kind == global::Mdev.Sdk.Registers.ResetKind.Cold)");
            foreach (RegisterModel register in stored.Where(r => r.ResetOn == Cold))
                WriteRestored(register);
            foreach (RegisterArrayModel array in block.Arrays.Where(a => !a.IsAlias && a.Element.ResetOn == Cold))
                ArrayStorage.WriteRestored(writer, block, array);
            writer.Close();
            writer.Line();
        }

        SplitRegister.WriteResets(writer, block);
        NestedBlockEmitter.WriteResets(writer, block.Blocks);
        foreach (string call in block.ResetMethods)
            writer.Line($"{call};");

        void WriteRestored(RegisterModel register)
        {
            writer.Line($"{register.Storage} = {ResetValue(register)};");
            if (IsLocked(block, register))
                writer.Line($"{register.LockField} = 0;");
        }
    }

    /// <summary>The reset value of one register, as an initialiser or an assignment has it.</summary>
    public static string ResetValue(RegisterModel register)
    {
        string value = Literal.Hex(register.Reset, register.Type.Bytes);
        if (!register.Type.Converts)
            return value;

        // Zero is the default of every such type, and a cast to a type of fields is not for initialisers to run.
        return register.Reset == 0 ? "default" : $"({register.Type.Name})({register.Type.Integer}){value}";
    }
}
