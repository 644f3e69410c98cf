using Mdev.Sdk.Generators.Reading;

namespace Mdev.Sdk.Generators.Emitting;

/// <summary>
/// Prints the register map as data: one nested class that nothing touches until somebody asks for the map, a constructor call a register.
/// </summary>
internal static class MapEmitter
{
    private const string Registers = "global::Mdev.Sdk.Registers.", Map = Registers + "RegisterMap", Class = "GeneratedRegisterMap";

    private static readonly string[] s_splits = ["None", "LatchRead", "CommitWrite", "Both"];

    public static void Write(IndentedWriter writer, RegisterBlockModel block)
    {
        if (block.Broken)
            return;
        writer.Line();
        writer.Line("/// <inheritdoc/>");
        writer.Mark();
        writer.Line($"{Map} {Registers}IRegisterBlock.Map => {Class}.Map;");
        writer.Line();
        writer.Line("/// <inheritdoc/>");
        writer.Mark();
        writer.Line($"static {Map} {Registers}IRegisterBlock.Describe() => {Class}.Map;");
        writer.Line();
        writer.Mark();
        writer.Open($"private static class {Class}");
        WriteAccesses(writer, block.Map);
        Dictionary<MapTypeModel, string> types = WriteTypes(writer, block.Map);
        Dictionary<EquatableArray<WatchedBits>, string> watched = WriteWatched(writer, block.Map);
        writer.Line($"public static readonly {Map} Map = new(");
        writer.Continued($"s_registerBlockInfo, {Literal.Text(block.Map.Description)},");
        WriteList(writer, block.Map.Registers.Select(r => Register(r, types, watched)), ",");
        WriteList(writer, block.Map.Blocks.Where(b => b.HasMap).Select(Inner), ");");
        writer.Close();
    }

    /// <summary>The accesses that occur, by short names: a map of a thousand registers shall stay readable.</summary>
    private static void WriteAccesses(IndentedWriter writer, RegisterMapModel map)
    {
        const string Type = Registers + "Access";
        IEnumerable<int> accesses = map.Registers.SelectMany(r => AccessText.Groups(r.Access, r.Register.Type.Ones)).Select(g => g.Access);
        foreach (int access in accesses.Distinct().OrderBy(a => a))
        {
            string value = access == 0 ? $"{Type}.Default" : string.Join(" | ", AccessText.Flags(access).Select(f => $"{Type}.{f}"));
            writer.Line($"private const {Type} {Name(access)} = {value};");
        }
    }

    private static Dictionary<MapTypeModel, string> WriteTypes(IndentedWriter writer, RegisterMapModel map)
    {
        var names = new Dictionary<MapTypeModel, string>();
        foreach (MapTypeModel type in map.Registers.SelectMany(r => new[] { r.Type, r.Index?.Names ?? r.Type }).Where(t => !t.IsPlain && !names.ContainsKey(t)))
        {
            // Two types may have one short name.
            string kind = type.Fields.Count > 0 ? "Fields" : "Values", name = type.Name + kind;
            for (int i = 2; names.ContainsValue(name); i++)
                name = type.Name + kind + Literal.Number(i);
            names.Add(type, name);
            string element = Registers + (type.Fields.Count > 0 ? "RegisterField" : "NamedValue");
            writer.Line($"private static readonly {element}[] {name} =");
            WriteList(writer, type.Fields.Count > 0 ? type.Fields.Select(Field) : type.Values.Select(Value), ";");
            writer.Line();
        }

        return names;
    }

    /// <summary>Bits that a guest has no business with: often all registers of one type have the same.</summary>
    private static Dictionary<EquatableArray<WatchedBits>, string> WriteWatched(IndentedWriter writer, RegisterMapModel map)
    {
        var names = new Dictionary<EquatableArray<WatchedBits>, string>();
        foreach (MapRegisterModel register in map.Registers.Where(r => r.Register.Watched.Count > 0 && !names.ContainsKey(r.Register.Watched)))
        {
            int bytes = register.Register.Type.Bytes;
            names.Add(register.Register.Watched, $"Watched{Literal.Number(names.Count + 1)}");
            writer.Line($"private static readonly {Registers}WatchedBits[] {names[register.Register.Watched]} =");
            WriteList(writer, register.Register.Watched.Select(w => Watch(w, bytes)), ";");
            writer.Line();
        }

        return names;
    }

    private static string Watch(WatchedBits bits, int bytes)
    {
        string value = bits.Value is { } must ? Literal.Hex(must, bytes) : "null";
        return $"new({Literal.Hex(bits.Mask, bytes)}, {value}{(bits.Reason is null ? "" : $", {Literal.Text(bits.Reason)}")})";
    }

    private static void WriteList(IndentedWriter writer, IEnumerable<string> items, string ending)
    {
        string[] all = [.. items];
        if (all.Length == 0)
        {
            writer.Line("[]" + ending);
            return;
        }

        writer.Line("[");
        foreach (string item in all)
            writer.Continued(item + ",");
        writer.Line("]" + ending);
    }

    private static string Register(
        MapRegisterModel map, Dictionary<MapTypeModel, string> types, Dictionary<EquatableArray<WatchedBits>, string> watched)
    {
        const int Warm = 0, Cold = 1;
        RegisterModel register = map.Register;
        IReadOnlyList<(int Access, ulong Bits)> groups = AccessText.Groups(map.Access, register.Type.Ones);
        string access = groups.Count == 1
            ? Name(groups[0].Access)
            : $"[{string.Join(", ", groups.Select(g => $"new({Name(g.Access)}, {Literal.Hex(g.Bits, register.Type.Bytes)})"))}]";
        ulong value = map.Resets.Count > 0 ? map.Resets[0] : register.Reset;
        string reset = register.Storage is null || map.Window is not null ? "" : $", {Literal.Hex(value, register.Type.Bytes)}";
        return $"new({Literal.Text(register.Name)}, {Literal.Offset(register.Offset)}, {Literal.Number(register.Type.Bits)}, {access}{reset})" + Initialised(
            (!map.IsPlaced, "IsPlaced", "false"),
            (map.Stride != 0, "Count", Literal.Number(map.Count)),
            (map.Stride != 0, "Stride", Literal.Offset(map.Stride)),
            (map.Index is { Names.IsPlain: false }, "Names", map.Index is { Names.IsPlain: false } index ? types[index.Names] : ""),
            (map.Resets.Count > 0, "Resets", $"[{string.Join(", ", map.Resets.Select(r => Literal.Hex(r, register.Type.Bytes)))}]"),
            (map.Split != 0, "Split", $"{Registers}Split.{s_splits[map.Split & 3]}"),
            (map.Window is not null, "IndexData", map.Window is { } window ? Window(window) : ""),
            (register.Storage is not null && register.ResetOn != Warm, "ResetOn", $"{Registers}ResetOn.{(register.ResetOn == Cold ? "Cold" : "Never")}"),
            (map.Condition.Length > 0, "Condition", Literal.Text(map.Condition)),
            (register.OnRead is { Pure: false }, "CanPeek", "false"),
            (register.Gate is not null, "WritableWhen", Literal.Text(Gate(register))),
            (map.AliasOf.Length > 0, "AliasOf", Literal.Text(map.AliasOf)),
            (register.Watched.Count > 0, "Watched", register.Watched.Count > 0 ? watched[register.Watched] : ""),
            (map.Type.Fields.Count > 0, "Fields", types.TryGetValue(map.Type, out string? name) ? name : ""),
            (map.Type.Values.Count > 0, "Values", name ?? ""),
            (map.Description.Length > 0, "Description", Literal.Text(map.Description)));
    }

    private static string Field(MapFieldModel field) =>
        $"new({Literal.Text(field.Name)}, {Literal.Number(field.High)}, {Literal.Number(field.Low)})" + Initialised(
            (field.IsFlag, "IsFlag", "true"),
            (field.CombinesValues, "CombinesValues", "true"),
            (field.Values.Count > 0, "Values", $"[{string.Join(", ", field.Values.Select(Value))}]"),
            (field.Description.Length > 0, "Description", Literal.Text(field.Description)));

    private static string Value(NamedValueModel value) =>
        $"new({Literal.Text(value.Name)}, 0x{AccessReader.Hex(value.Value)}{(value.Description.Length == 0 ? "" : $", {Literal.Text(value.Description)}")})";

    private static string Inner(MapBlockModel map)
    {
        NestedBlockModel block = map.Block;
        string several = block.IsArray ? $", {Literal.Number(block.Count)}, {Literal.Offset(block.Stride)}" : "";
        string description = map.Description.Length == 0 ? "" : $", description: {Literal.Text(map.Description)}";
        string condition = map.Condition.Length == 0 ? "" : $", condition: {Literal.Text(map.Condition)}";
        string placed = block.IsPlaced ? "" : ", isPlaced: false";
        string windows = map.Windows.Count == 0 ? "" : $", indexData: [{string.Join(", ", map.Windows.Select(Window))}]";
        return $"{Registers}InnerBlockInfo.Of<{block.Type}>({Literal.Text(block.Name)}, {Literal.Offset(block.Offset)}{several}{description}{condition}{placed}{windows})";
    }

    private static string Window(MapWindowModel window) =>
        $"new {Registers}IndexDataInfo({Literal.Text(window.Index)}, {Literal.Offset(window.Offset)})" + Initialised(
            (window.Scale != 0, "Scale", Literal.Number(window.Scale)),
            (window.Counts, "AutoIncrement", "true"),
            (window.Condition.Length > 0, "Condition", Literal.Text(window.Condition)));

    private static string Initialised(params (bool Given, string Member, string Value)[] members)
    {
        string[] given = [.. members.Where(m => m.Given).Select(m => $"{m.Member} = {m.Value}")];
        return given.Length == 0 ? "" : $" {{ {string.Join(", ", given)} }}";
    }

    // As it is declared, not as dispatch asks for it.
    private static string Gate(RegisterModel register)
    {
        string gate = register.Gate ?? "";
        return gate.Substring(gate.LastIndexOf('.') + 1).Replace("()", "").TrimStart('@');
    }

    private static string Name(int access) => access == 0 ? "None" : string.Concat(AccessText.Flags(access));
}
