using Mdev.Sdk.Device;
using Mdev.Sdk.Pci;
using Mdev.Sdk.Registers;

namespace Mdev.Sdk.Export;

/// <summary>Writes a data sheet: identity, regions, and of each block a table of its registers and one for each register's fields.</summary>
internal sealed class MarkdownWriter(DeviceSheet sheet, TextWriter writer)
{
    public void Write()
    {
        writer.WriteLine($"# {Text(sheet.Type)}: {Text(sheet.Title)}");
        writer.WriteLine();
        if (sheet.Identity is { } identity)
            WriteIdentity(identity);
        else
            writer.WriteLine($"Not a PCI device; its API is {Text(sheet.Api)}.\n");
        WriteRegions();
        foreach (RegisterMap map in sheet.Maps)
            WriteBlock(map);
    }

    private void WriteRegions()
    {
        if (sheet.Regions.Count == 0)
        {
            writer.WriteLine("No region.");
            return;
        }

        Table("region", "size", "kind", "registers");
        foreach (SheetRegion region in sheet.Regions)
            Row(region.Name, ExportText.Hex(region.Size), region.Kind, string.Join(", ", region.Blocks.Select(Placed)));
        if (sheet.Regions.All(r => r.Memory.Count == 0))
            return;
        writer.WriteLine();
        Table("region", "offset", "size", "name", "what");
        foreach (SheetRegion region in sheet.Regions)
        {
            foreach (PlacedMemory memory in region.Memory)
                Row(region.Name, ExportText.Hex(memory.Offset), ExportText.Hex(memory.Size), memory.Name, memory.Kind);
        }
    }

    private void WriteIdentity(PciSummary identity)
    {
        Table("PCI", "");
        Row("vendor, device", $"{ExportText.Hex(identity.Vendor, 16)}, {ExportText.Hex(identity.Device, 16)}");
        Row("class, revision", $"{ExportText.Hex(identity.Class, 24)}, {ExportText.Hex(identity.Revision, 8)}");
        Row("subsystem vendor, subsystem", $"{ExportText.Hex(identity.SubsystemVendor, 16)}, {ExportText.Hex(identity.Subsystem, 16)}");
        if (identity.InterruptPin != 0)
            Row("interrupt pin", $"INT{(char)('A' + identity.InterruptPin - 1)}");
        foreach ((uint offset, string name) in identity.Capabilities)
            Row($"capability at {ExportText.Hex(offset, 8)}", name);
        writer.WriteLine();
    }

    private static string Placed(PlacedBlock block) =>
        block.Offset == 0 ? block.Map.Info.Name : $"{block.Map.Info.Name} at {ExportText.Hex(block.Offset)}";

    private void WriteBlock(RegisterMap map)
    {
        writer.WriteLine();
        writer.WriteLine($"## {Text(map.Info.Name)}");
        writer.WriteLine();
        if (map.Description.Length > 0)
            writer.WriteLine($"{Text(map.Description)}\n");
        writer.WriteLine(ExportText.Describe(map));
        if (map.Registers.Count + map.Blocks.Count == 0)
            return;
        writer.WriteLine();
        Table("offset", "bits", "register", "access", "reset", "description");
        var rows = BlockView.RegistersOf(map).Select(r => (r.Offset, Write: (Action)(() => WriteRegister(r))))
            .Concat(BlockView.BlocksOf(map).Select(b => (b.Offset, Write: (Action)(() => WriteInner(b)))));
        foreach ((_, Action write) in rows.OrderBy(r => r.Offset))
            write();
        foreach (RegisterInfo hidden in BlockView.HiddenOf(map))
            WriteRegister(hidden);
        foreach (InnerBlockInfo hidden in map.Blocks.Where(b => !b.IsPlaced))
            WriteInner(hidden);
        foreach (RegisterInfo register in map.Registers)
        {
            WriteFields(register);
            WriteElements(register);
        }
    }

    private void WriteRegister(RegisterInfo register) => Row(
        register.IsPlaced ? Offsets(register.Offset, register.Count, register.Stride) : "by index",
        ExportText.Number(register.Width),
        register.ToString(),
        ExportText.Short(register),
        register.Resets.Count > 0 ? "see below" : register.Reset is { } reset ? ExportText.Hex(reset, register.Width) : "",
        ExportText.Describe(register, tables: true));

    private void WriteInner(InnerBlockInfo inner) => Row(
        inner.IsPlaced ? Offsets(inner.Offset, inner.Count, inner.Stride) : "by index",
        "",
        inner.ToString(),
        "block",
        "",
        $"See {inner.Map.Info.Name}. {ExportText.Describe(inner)}".Trim());

    private void WriteFields(RegisterInfo register)
    {
        // Another address has the same fields.
        if (register.AliasOf.Length > 0 || register.Fields.Count + register.Values.Count == 0)
            return;
        Heading(register, "");
        Table("bits", "field", "access", "reset", "description");
        foreach (RegisterField field in RegisterBits.FieldsOf(register).Concat(UnnamedOf(register)).OrderByDescending(f => f.Low))
        {
            Row(
                field.Width == 1 ? ExportText.Number(field.Low) : $"{field.High}:{field.Low}",
                field.Name,
                ExportText.Short(field.Access),
                register.Reset is null || register.Resets.Count > 0 ? "" : ExportText.Hex(field.Reset, field.Width),
                Meaning(register, field));
        }
    }

    // Whoever has named no field is told of such bits beside the register.
    private static IEnumerable<RegisterField> UnnamedOf(RegisterInfo register) => register.Fields.Count == 0 ? [] : RegisterBits.UnnamedOf(register);

    private void WriteElements(RegisterInfo register)
    {
        if (register.AliasOf.Length > 0 || register.Names.Count + register.Resets.Count == 0)
            return;
        Heading(register, ": the registers");
        Table("offset", "register", "reset", "description");
        for (int i = 0; i < register.Count; i++)
        {
            NamedValue? name = register.Names.FirstOrDefault(n => n.Value == (ulong)i);
            Row(
                register.IsPlaced ? ExportText.Hex(register.OffsetOf(i), 8) : $"index {ExportText.Number(i)}",
                register.NameOf(i),
                register.ResetOf(i) is { } reset ? ExportText.Hex(reset, register.Width) : "",
                name?.Description ?? "");
        }
    }

    private void Heading(RegisterInfo register, string ending)
    {
        writer.WriteLine();
        writer.WriteLine($"### {Text(register.Name)} ({(register.IsPlaced ? Offsets(register.Offset, register.Count, register.Stride) : "by index")}){ending}");
        writer.WriteLine();
    }

    private static string Meaning(RegisterInfo register, RegisterField field)
    {
        IEnumerable<string> values = field.Values.Select(v =>
            $"{ExportText.Hex(v.Value, 4)} {v.Name}{(v.Description.Length > 0 ? $" ({ExportText.Line(v.Description)})" : "")}");
        return $"{ExportText.Describe(register, field)} {string.Join(", ", values)}".Trim();
    }

    private static string Offsets(uint offset, int count, uint stride) => stride == 0
        ? ExportText.Hex(offset, 8)
        : $"{ExportText.Hex(offset, 8)} + {ExportText.Hex(stride)} × (0 to {count - 1})";

    private void Table(params string[] heads)
    {
        Row(heads);
        writer.WriteLine($"|{string.Concat(heads.Select(_ => "---|"))}");
    }

    private void Row(params string[] cells) => writer.WriteLine($"| {string.Join(" | ", cells.Select(Text))} |");

    // What an author has named may mean something in Markdown.
    private static string Text(string text) =>
        string.Concat(ExportText.Line(text).Select(static c => c is '|' or '\\' or '<' or '>' or '*' or '`' or '[' or ']' ? $"\\{c}" : c.ToString()));
}
