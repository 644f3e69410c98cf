using Mdev.Sdk.Device;
using Mdev.Sdk.Pci;
using Mdev.Sdk.Registers;

namespace Mdev.Sdk.Export;

/// <summary>
/// Writes constants for a driver in C: offsets, field masks and shifts, named values. C99 and no warning, whatever an author has
/// called his registers: all macros begin with the device's name, and what would be defined twice gets a number.
/// </summary>
internal sealed class CHeaderWriter
{
    private const string Registers = "_REGISTERS";

    private readonly DeviceSheet _sheet;
    private readonly TextWriter _writer;
    private readonly NameScope _names = new();
    private readonly string _card;

    public CHeaderWriter(DeviceSheet sheet, TextWriter writer)
    {
        (_sheet, _writer) = (sheet, writer);

        // An underscore and a capital letter are the compiler's (C99, section 7.1.3).
        string card = ExportText.Constant(sheet.Name).TrimStart('_');
        _card = card.Length == 0 || char.IsAsciiDigit(card[0]) ? "X" + card : card;
    }

    public void Write()
    {
        string guard = _names.Take($"{_card}_REGISTERS_H");
        _writer.WriteLine($"/* {Comment($"{_sheet.Type}: {_sheet.Title}{(_sheet.Identity is null ? $", {_sheet.Api}" : "")}")}. Generated from its register map; do not edit. */");
        _writer.WriteLine($"#ifndef {guard}");
        _writer.WriteLine($"#define {guard}");
        if (_sheet.Identity is { } identity)
            WriteIdentity(identity);
        WriteRegions();
        var blocks = new NameScope();
        foreach (RegisterMap map in _sheet.Maps)
            WriteBlock(map, blocks.Take(PrefixOf(map)));
        _writer.WriteLine();
        _writer.WriteLine("#endif");
    }

    private void WriteIdentity(PciSummary identity)
    {
        _writer.WriteLine();
        Define($"{_card}_VENDOR_ID", Literal(identity.Vendor, 16));
        Define($"{_card}_DEVICE_ID", Literal(identity.Device, 16));
        Define($"{_card}_CLASS", Literal(identity.Class, 24));
        Define($"{_card}_SUBSYSTEM_VENDOR_ID", Literal(identity.SubsystemVendor, 16));
        Define($"{_card}_SUBSYSTEM_ID", Literal(identity.Subsystem, 16));
    }

    private void WriteRegions()
    {
        _writer.WriteLine();
        foreach (SheetRegion region in _sheet.Regions)
        {
            string name = $"{_card}_{region.Name}";
            Define($"{name}_SIZE", Literal(region.Size, 8), region.Kind);
            foreach (PlacedBlock block in region.Blocks)
                Define($"{name}_{ExportText.Constant(block.Map.Info.Name)}", Literal(block.Offset, 8), "offset of the block");
            foreach (PlacedMemory memory in region.Memory)
                WriteMemory($"{name}_{ExportText.Constant(memory.Name)}", memory);
        }
    }

    private void WriteMemory(string prefix, PlacedMemory memory)
    {
        string name = Define(prefix, Literal(memory.Offset, 8), memory.Kind);
        Define($"{name}_SIZE", Literal(memory.Size, 8));
        WriteSeveral(name, memory.Offset, memory.Count, (uint)memory.Stride);
    }

    private void WriteBlock(RegisterMap map, string prefix)
    {
        _writer.WriteLine();
        _writer.WriteLine($"/* {Comment($"{map.Info.Name}: {ExportText.Describe(map)}")} */");
        if (map.Description.Length > 0)
            _writer.WriteLine($"/* {Comment(map.Description)} */");
        foreach (RegisterInfo register in BlockView.RegistersOf(map))
            WriteRegister(register, prefix);
        foreach (RegisterInfo hidden in BlockView.HiddenOf(map))
            WriteHidden(hidden, $"{prefix}_{ExportText.Constant(hidden.Name)}");
        foreach (InnerBlockInfo inner in map.Blocks)
        {
            string at = $"{prefix}_{ExportText.Constant(inner.Name)}", what = $"block {inner.Map.Info.Name}. {ExportText.Describe(inner)}".Trim();
            if (!inner.IsPlaced)
            {
                WriteHidden(inner, at, $"{what} Only by index and data.");
                continue;
            }

            string name = Define(at, Literal(inner.Offset, 8), what);
            WriteSeveral(name, inner.Offset, inner.Count, inner.Stride);
        }
    }

    // Distances are those that the index goes.
    private void WriteHidden(InnerBlockInfo inner, string prefix, string what)
    {
        Define($"{prefix}_COUNT", ExportText.Number(inner.Count), what);
        if (inner.IsArray)
            Define($"{prefix}_STRIDE", Literal(inner.Stride, 8));
    }

    private void WriteHidden(RegisterInfo register, string prefix)
    {
        string name = Define($"{prefix}_COUNT", ExportText.Number(register.Count), $"{register.Width} bits, {ExportText.Short(register)}, only by index and data. {ExportText.Describe(register)}".Trim());
        prefix = name[..^"_COUNT".Length];
        WriteNames(register, prefix);
        WriteValues(register, prefix);
    }

    private void WriteRegister(RegisterInfo register, string prefix)
    {
        string reset = register is { Resets.Count: 0, Reset: { } value } ? $", reset {ExportText.Hex(value, register.Width)}" : "";
        string name = Define(
            $"{prefix}_{ExportText.Constant(BlockView.NameOf(register))}",
            Literal(register.Offset, 8),
            $"{register.Width} bits, {ExportText.Short(register)}{reset}. {ExportText.Describe(register)}".Trim());
        WriteSeveral(name, register.Offset, register.Count, register.Stride);

        // Another address has the same fields.
        if (register.AliasOf.Length > 0)
            return;
        WriteNames(register, name);
        WriteValues(register, name);
    }

    // An enum: its members are what the index is.
    private void WriteNames(RegisterInfo register, string prefix)
    {
        foreach (NamedValue named in register.Names.Where(n => n.Value < (ulong)register.Count))
            Define($"{prefix}_{ExportText.Constant(named.Name)}_INDEX", ExportText.Number((long)named.Value), named.Description);
    }

    private void WriteValues(RegisterInfo register, string name)
    {
        foreach (NamedValue named in register.Values)
            Define($"{name}_{ExportText.Constant(named.Name)}", Literal(named.Value, register.Width), named.Description);
        foreach (RegisterField field in register.Fields)
        {
            string at = $"{name}_{ExportText.Constant(field.Name)}";
            Define($"{at}_MASK", Literal(field.Mask, register.Width), $"{ExportText.Short(field.Access)}. {ExportText.Describe(register, field)}".Trim());
            Define($"{at}_SHIFT", ExportText.Number(field.Low));
            foreach (NamedValue named in field.Values)
                Define($"{at}_{ExportText.Constant(named.Name)}", Literal(named.Value, field.Width), named.Description);
        }
    }

    private void WriteSeveral(string name, ulong offset, int count, uint stride)
    {
        if (stride == 0)
            return;
        Define($"{name}_COUNT", ExportText.Number(count));
        string step = Define($"{name}_STRIDE", Literal(stride, 8));
        string at = _names.Take($"{name}_AT");
        _writer.WriteLine($"#define {at}(n) ({Literal(offset, 8)} + {step} * (n))");
    }

    // EduRegisters of edu are EDU, Uart16550 of mtty is MTTY_UART16550.
    private string PrefixOf(RegisterMap map)
    {
        string block = ExportText.Constant(map.Info.Name);
        if (block.EndsWith(Registers, StringComparison.Ordinal))
            block = block[..^Registers.Length];
        if (block == _card || block.StartsWith(_card + "_", StringComparison.Ordinal))
            return block;
        return block.Length == 0 ? _card : $"{_card}_{block}";
    }

    private string Define(string name, string value, string comment = "")
    {
        string unique = _names.Take(name);
        _writer.WriteLine($"#define {unique} {value}{(comment.Length > 0 ? $" /* {Comment(comment)} */" : "")}");
        return unique;
    }

    private static string Literal(ulong value, int bits) =>
        ExportText.Hex(value, bits) + (bits > 32 || value > uint.MaxValue ? "ull" : "u");

    // Neither the end of the comment, nor what gcc warns of in one: another beginning, a trigraph.
    private static string Comment(string text) => ExportText.Line(text)
        .Replace("*/", "* /", StringComparison.Ordinal)
        .Replace("/*", "/ *", StringComparison.Ordinal)
        .Replace("??", "? ?", StringComparison.Ordinal);
}
