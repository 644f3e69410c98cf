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
        _writer.WriteLine($"/* {Comment($"{_sheet.Type}: {_sheet.Title}")}. Generated from its register map; do not edit. */");
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
        }
    }

    private void WriteBlock(RegisterMap map, string prefix)
    {
        _writer.WriteLine();
        _writer.WriteLine($"/* {Comment($"{map.Info.Name}: {ExportText.Describe(map)}")} */");
        if (map.Description.Length > 0)
            _writer.WriteLine($"/* {Comment(map.Description)} */");
        foreach (RegisterInfo register in map.Registers)
            WriteRegister(register, prefix);
        foreach (InnerBlockInfo inner in map.Blocks)
        {
            string name = Define($"{prefix}_{ExportText.Constant(inner.Name)}", Literal(inner.Offset, 8), $"block {inner.Map.Info.Name}. {inner.Description}".Trim());
            WriteSeveral(name, inner.Offset, inner.Count, inner.Stride);
        }
    }

    private void WriteRegister(RegisterInfo register, string prefix)
    {
        string reset = register.Reset is { } value ? $", reset {ExportText.Hex(value, register.Width)}" : "";
        string name = Define(
            $"{prefix}_{ExportText.Constant(register.Name)}",
            Literal(register.Offset, 8),
            $"{register.Width} bits, {ExportText.Short(register)}{reset}. {ExportText.Describe(register)}".Trim());
        WriteSeveral(name, register.Offset, register.Count, register.Stride);

        // Another address has the same fields.
        if (register.AliasOf.Length > 0)
            return;
        foreach (NamedValue named in register.Values)
            Define($"{name}_{ExportText.Constant(named.Name)}", Literal(named.Value, register.Width), named.Description);
        foreach (RegisterField field in register.Fields)
        {
            string at = $"{name}_{ExportText.Constant(field.Name)}";
            Define($"{at}_MASK", Literal(field.Mask, register.Width), $"{ExportText.Short(field.Access)}. {field.Description}".Trim());
            Define($"{at}_SHIFT", ExportText.Number(field.Low));
            foreach (NamedValue named in field.Values)
                Define($"{at}_{ExportText.Constant(named.Name)}", Literal(named.Value, field.Width), named.Description);
        }
    }

    private void WriteSeveral(string name, uint offset, int count, uint stride)
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
