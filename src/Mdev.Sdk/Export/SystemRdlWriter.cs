using Mdev.Sdk.Device;
using Mdev.Sdk.Registers;

namespace Mdev.Sdk.Export;

/// <summary>
/// Writes SystemRDL 2.0: an address map with one for each region, a register file for each kind of block. What the language has no
/// word for, banks above all, is a comment. Source: Accellera, SystemRDL 2.0, sections 9 to 13.
/// </summary>
internal sealed class SystemRdlWriter(DeviceSheet sheet, TextWriter writer)
{
    // SystemRDL 2.0, table 3: keywords and reserved words.
    private static readonly HashSet<string> s_keywords = new(
        ("abstract accesstype addressingtype addrmap alias all alternate bit boolean bothedge byte compact component componentwidth constraint "
        + "default encode enum external false field fullalign hw inside int internal level longint mem na negedge nonsticky number "
        + "onreadtype onwritetype posedge property r rclr ref reg regalign regfile rset ruser rw rw1 shortint signal signed string struct this true type "
        + "unsigned w w1 wclr woclr woset wot wr wset wuser wzc wzs wzt").Split(' '));

    private readonly Dictionary<RegisterMap, string> _files = [];
    private int _depth;

    public void Write()
    {
        Line($"// {Clean($"{sheet.Type}: {sheet.Title}{(sheet.Identity is null ? $", {sheet.Api}" : "")}")}. Generated from its register map; do not edit.");
        Line("// The addresses of its regions are only examples: a machine decides them.");
        var names = new NameScope();
        string top = names.Take(Name(sheet.Type));
        var open = new List<RegisterMap>();
        foreach (PlacedBlock block in sheet.Regions.SelectMany(r => r.Blocks))
            WriteFile(block.Map, names, open);

        Line();
        if (_files.Count == 0 && sheet.Regions.All(r => r.Memory.Count == 0))
        {
            // An address map is never empty (section 13.3).
            Line("// No region has registers or memory.");
            return;
        }

        Open($"addrmap {top}");
        Line($"name = {Text(sheet.Title)};");
        foreach (SheetRegion region in sheet.Regions.Where(r => r.Memory.Count > 0 || r.Blocks.Any(b => _files.ContainsKey(b.Map))))
        {
            Line();
            Open("addrmap");
            Line($"desc = {Text($"{region.Kind}, {ExportText.Hex(region.Size)} bytes")};");
            if (region.Blocks.Any(b => b.Map.Info is { ByteOrder: ByteOrder.BigEndian, Bus: > AccessWidth.Byte }))
                Line("bigendian = true;");
            var blocks = new NameScope();
            foreach (PlacedBlock block in region.Blocks.Where(b => _files.ContainsKey(b.Map)))
                Line($"{_files[block.Map]} {blocks.Take(Name(block.Map.Info.Name))} @ {ExportText.Hex(block.Offset)};");
            foreach (PlacedMemory memory in region.Memory)
                Line($"external mem {{ mementries = {ExportText.Hex(memory.Size)}; memwidth = 8; desc = {Text(memory.Kind)}; }} {blocks.Take(Name(memory.Name))} @ {ExportText.Hex(memory.Offset)};");
            Close($" {Name(region.Name)} @ {ExportText.Hex(region.Address)};");
        }
        Close(";");
    }

    // Before those that hold it. A file is never empty (section 12.1): a block without registers has none.
    private void WriteFile(RegisterMap map, NameScope names, List<RegisterMap> open)
    {
        if (_files.ContainsKey(map) || open.Contains(map))
            return;
        open.Add(map);
        foreach (InnerBlockInfo inner in map.Blocks)
            WriteFile(inner.Map, names, open);
        open.Remove(map);
        if (BlockView.RegistersOf(map).Count == 0 && !BlockView.BlocksOf(map).Any(b => _files.ContainsKey(b.Map)))
            return;

        string name = names.Take(Name(map.Info.Name));
        Line();
        Open($"regfile {name}");
        Line($"desc = {Text($"{map.Description} {ExportText.Describe(map)}")};");
        Line($"default regwidth = {8 * (int)map.Info.Bus};");
        Line("default sw = rw;");
        var members = new NameScope();
        var owners = new ByteOwners();
        foreach (RegisterInfo register in BlockView.RegistersOf(map))
        {
            Line();
            if (owners.Take(register, directionsCollide: false) is { } first)
                Line($"// {Clean($"{register} @ {ExportText.Hex(register.Offset)}, {register.Width} bits, {ExportText.Short(register)}: at the place of {first.Name}. {ExportText.Describe(register)}")}");
            else
                WriteRegister(register, members, 8 * (int)map.Info.Bus);
        }

        foreach (RegisterInfo hidden in BlockView.HiddenOf(map))
        {
            Line();
            Line($"// {Clean($"{hidden}, {hidden.Width} bits, {ExportText.Short(hidden)}, only by index and data. {ExportText.Describe(hidden)}")}");
        }

        foreach (InnerBlockInfo inner in map.Blocks.Where(b => _files.ContainsKey(b.Map)))
        {
            Line();
            if (ExportText.Describe(inner) is { Length: > 0 } description)
                Line($"// {description}");
            if (!inner.IsPlaced)
                Line($"// {Clean($"{inner}: a {inner.Map.Info.Name}{(inner.IsArray ? $" every {ExportText.Hex(inner.Stride)} bytes" : "")}, only by index and data.")}");
            else
                Line($"{_files[inner.Map]} {members.Take(Name(inner.Name))}{Place(inner.Offset, inner.Count, inner.Stride)};");
        }
        Close(";");
        _files.Add(map, name);
    }

    private void WriteRegister(RegisterInfo register, NameScope members, int bus)
    {
        string name = members.Take(Name(BlockView.NameOf(register)));
        bool differs = register.Resets.Count > 0 && register.AliasOf.Length == 0;
        Open(differs ? $"reg {members.Take(Name(register.Name + "Kind"))}" : "reg");
        if ($"{ExportText.Describe(register)} {Names(register)}".Trim() is { Length: > 0 } description)
            Line($"desc = {Text(description)};");
        if (register.Width != bus)
            Line($"regwidth = {register.Width};");
        if (register.Width > bus)
            Line($"accesswidth = {bus};");
        var names = new NameScope();
        foreach (RegisterField field in RegisterBits.FieldsOf(register))
            WriteField(register, field, names.Take(Name(field.Name)));
        Close(differs ? ";" : $" {name}{Place(register.Offset, register.Count, register.Stride)};");
        if (differs)
            WriteElements(register, members);
    }

    // Not an array: register compilers know no property of one element (systemrdl-compiler, issue 51).
    private void WriteElements(RegisterInfo register, NameScope members)
    {
        string kind = Name(register.Name + "Kind");
        for (int i = 0; i < register.Count; i++)
        {
            string name = members.Take(Name($"{register.Name}_{ElementOf(register, i)}"));
            Line($"{kind} {name} @ {ExportText.Hex(register.OffsetOf(i))};");
            var names = new NameScope();
            foreach (RegisterField field in RegisterBits.FieldsOf(register))
            {
                string property = names.Take(Name(field.Name));
                if (field.ValueIn(register.Resets[i]) != field.Reset)
                    Line($"{name}.{property}->reset = {ExportText.Hex(field.ValueIn(register.Resets[i]), field.Width)};");
            }
        }
    }

    private static string ElementOf(RegisterInfo register, int index) =>
        register.Names.FirstOrDefault(n => n.Value == (ulong)index)?.Name ?? ExportText.Number(index);

    private static string Names(RegisterInfo register) => register.Names.Count == 0 || register.Resets.Count > 0 ? ""
        : $"{string.Join(", ", register.Names.Where(n => n.Value < (ulong)register.Count).Select(n => $"[{n.Value}] is {n.Name}"))}.";

    private void WriteField(RegisterInfo register, RegisterField field, string name)
    {
        string encoding = "";
        if (field.Values.Count > 0 && !field.CombinesValues)
        {
            encoding = Name(field.Name + "Values");
            WriteEnum(field, encoding);
        }

        var properties = new List<string>();
        if (Software(field.Access) is var software and not "rw")
            properties.Add($"sw = {software};");
        string read = (field.Access & (Access.RC | Access.RS)) switch { Access.RC => "rclr", Access.RS => "rset", _ => "" };
        string write = OnWrite(field.Access);
        if (read.Length > 0)
            properties.Add($"onread = {read};");
        if (write.Length > 0)
            properties.Add($"onwrite = {write};");

        // Section 9.6.1: of one bit that resets to zero.
        if (field.Access.HasFlag(Access.SelfClearing) && field is { Width: 1, Reset: 0 })
            properties.Add("singlepulse = true;");
        if (encoding.Length > 0)
            properties.Add($"encode = {encoding};");
        if (ExportText.Describe(register, field) is { Length: > 0 } description)
            properties.Add($"desc = {Text(description)};");
        string reset = register.Reset is null ? "" : $" = {ExportText.Hex(field.Reset, field.Width)}";
        Line($"field {{{string.Concat(properties.Select(p => " " + p))}{(properties.Count > 0 ? " " : "")}}} {name}[{field.High}:{field.Low}]{reset};");
    }

    private void WriteEnum(RegisterField field, string encoding)
    {
        var names = new NameScope();
        Open($"enum {encoding}");
        foreach (NamedValue named in field.Values.DistinctBy(v => v.Value))
        {
            string description = named.Description.Length == 0 ? "" : $" {{ desc = {Text(named.Description)}; }}";
            Line($"{names.Take(Name(named.Name))} = {ExportText.Hex(named.Value)}{description};");
        }
        Close(";");
    }

    private static string Software(Access access)
    {
        const Access Reading = Access.R | Access.RC | Access.RS | Access.Once | Access.SelfClearing;
        string once = access.HasFlag(Access.Once) ? "1" : "";
        return (access.HasFlag(Access.R), (access & ~Reading) != 0) switch
        {
            (true, true) => "rw" + once,
            (true, false) => "r",
            (false, true) => "w" + once,
            _ => "na",
        };
    }

    // Section 9.6.1, table 16.
    private static string OnWrite(Access access) =>
        (access & (Access.W1C | Access.W1S | Access.W1T | Access.W0C | Access.W0S | Access.W0T | Access.WC | Access.WS)) switch
        {
            Access.W1C => "woclr",
            Access.W1S => "woset",
            Access.W1T => "wot",
            Access.W0C => "wzc",
            Access.W0S => "wzs",
            Access.W0T => "wzt",
            Access.WC => "wclr",
            Access.WS => "wset",
            _ => "",
        };

    private static string Place(uint offset, int count, uint stride) => stride == 0
        ? $" @ {ExportText.Hex(offset)}"
        : $"[{ExportText.Number(count)}] @ {ExportText.Hex(offset)} += {ExportText.Hex(stride)}";

    // Section 4.3: what is a keyword is escaped.
    private static string Name(string name)
    {
        string identifier = ExportText.Identifier(name);
        return s_keywords.Contains(identifier) ? $"\\{identifier}" : identifier;
    }

    private static string Text(string text) =>
        $"\"{Clean(text).Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";

    private static string Clean(string text) => ExportText.Line(text);

    private void Open(string header)
    {
        Line(header + " {");
        _depth++;
    }

    private void Close(string ending)
    {
        _depth--;
        Line("}" + ending);
    }

    private void Line(string text = "") => writer.WriteLine(text.Length == 0 ? "" : new string(' ', 4 * _depth) + text);
}
