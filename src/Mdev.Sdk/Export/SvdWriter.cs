using System.Globalization;
using System.Xml;
using Mdev.Sdk.Device;
using Mdev.Sdk.Registers;

namespace Mdev.Sdk.Export;

/// <summary>Writes CMSIS-SVD 1.3: a peripheral a block, clusters for inner blocks. Source: Arm, CMSIS-SVD, SVD File Schema Levels.</summary>
internal sealed class SvdWriter(DeviceSheet sheet, TextWriter writer)
{
    private readonly Dictionary<RegisterMap, string> _peripherals = [];

    // Blocks that are being written: one that can hold its own kind ends there.
    private readonly Stack<RegisterMap> _open = [];

    public void Write()
    {
        // A peripheral has registers, and a device a peripheral.
        if (!sheet.Regions.Any(r => r.Blocks.Any(b => HasRegisters(b.Map))))
            throw new MdevException(Errno.ENOSYS, $"{sheet.Type} has no register, and CMSIS-SVD describes nothing else; export it as markdown.");

        writer.WriteLine("<?xml version=\"1.0\" encoding=\"utf-8\"?>");
        using (XmlWriter xml = XmlWriter.Create(writer, new XmlWriterSettings { Indent = true, OmitXmlDeclaration = true, NewLineChars = "\n" }))
            WriteDevice(xml);
        writer.WriteLine();
    }

    private void WriteDevice(XmlWriter xml)
    {
        const string Instance = "http://www.w3.org/2001/XMLSchema-instance";
        xml.WriteStartElement("device");
        xml.WriteAttributeString("schemaVersion", "1.3");
        xml.WriteAttributeString("xmlns", "xs", null, Instance);
        xml.WriteAttributeString("xs", "noNamespaceSchemaLocation", Instance, "CMSIS-SVD.xsd");
        Element(xml, "name", ExportText.Identifier(sheet.Type));
        Element(xml, "version", "1.0");
        string description = sheet.Identity is { } identity
            ? $"{sheet.Title}. PCI {ExportText.Hex(identity.Vendor, 16)}:{ExportText.Hex(identity.Device, 16)}; the addresses of its BARs are only examples."
            : $"{sheet.Title}. {sheet.Api}; the addresses of its regions are only examples.";
        Element(xml, "description", $"{description} {string.Join(" ", sheet.Regions.SelectMany(BesideRegisters))}");
        Element(xml, "addressUnitBits", "8");
        Element(xml, "width", ExportText.Number(sheet.Maps.SelectMany(WidthsOf).Max()));
        xml.WriteStartElement("peripherals");
        var names = new NameScope();
        foreach (SheetRegion region in sheet.Regions)
        {
            IReadOnlyList<PlacedMemory> memory = MemoryOf(region);
            foreach (PlacedBlock block in region.Blocks.Where(b => HasRegisters(b.Map)))
            {
                WritePeripheral(xml, names.Take(ExportText.Identifier(region.NameOf(block))), region.Address + block.Offset, block.Map, memory.Select(m => m with { Offset = m.Offset - block.Offset }));
                memory = [];
            }
        }
        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    // The memory that belongs to a peripheral: the first one of its region.
    private IReadOnlyList<PlacedMemory> MemoryOf(SheetRegion region) =>
        region.Blocks.Where(b => HasRegisters(b.Map)).Select(b => (PlacedBlock?)b).FirstOrDefault() is { } first
            ? [.. region.Memory.Where(m => m.Offset >= first.Offset)]
            : [];

    // Of memory that belongs to none the schema knows nothing.
    private IEnumerable<string> BesideRegisters(SheetRegion region) => region.Memory.Except(MemoryOf(region))
        .Select(m => $"{region.Name} {ExportText.Hex(m.Offset)}: {m.Name}, {ExportText.Hex(m.Size)} bytes, {m.Kind}.");

    private static IEnumerable<int> WidthsOf(RegisterMap map) => map.Registers.Select(r => r.Width).Append(8 * (int)map.Info.Bus);

    private void WritePeripheral(XmlWriter xml, string name, ulong address, RegisterMap map, IEnumerable<PlacedMemory> memory)
    {
        bool derived = _peripherals.TryGetValue(map, out string? first);
        xml.WriteStartElement("peripheral");
        if (derived)
            xml.WriteAttributeString("derivedFrom", first);
        else
            _peripherals.Add(map, name);
        Element(xml, "name", name);
        if (!derived)
        {
            Element(xml, "description", $"{map.Description} {ExportText.Describe(map)}");
            Element(xml, "groupName", ExportText.Identifier(map.Info.Name));
        }
        Element(xml, "baseAddress", ExportText.Hex(address));
        if (!derived || memory.Any())
            WriteAddresses(xml, 0, map.Info.Size, "registers");
        foreach (PlacedMemory beside in memory)
            WriteAddresses(xml, beside.Offset, beside.Size, "buffer");
        if (!derived)
        {
            xml.WriteStartElement("registers");
            WriteContents(xml, map);
            xml.WriteEndElement();
        }
        xml.WriteEndElement();
    }

    private static void WriteAddresses(XmlWriter xml, ulong offset, ulong size, string usage)
    {
        xml.WriteStartElement("addressBlock");
        Element(xml, "offset", ExportText.Hex(offset));
        Element(xml, "size", ExportText.Hex(size));
        Element(xml, "usage", usage);
        xml.WriteEndElement();
    }

    private void WriteContents(XmlWriter xml, RegisterMap map)
    {
        _open.Push(map);
        var names = new NameScope();
        var owners = new ByteOwners();
        var written = new Dictionary<RegisterInfo, string>();
        foreach (RegisterInfo register in BlockView.RegistersOf(map))
        {
            bool named = HasIndex(register);
            string name = names.Take(ExportText.Identifier(BlockView.NameOf(register)))
                + (named ? "_" : "") + Index(register.IsArray, !named && register.Stride == (uint)register.Width / 8);
            written.Add(register, name);
            RegisterInfo? first = owners.Take(register, directionsCollide: true);
            WriteRegister(xml, register, name, first is null ? null : written[first]);
        }

        foreach (InnerBlockInfo inner in BlockView.BlocksOf(map).Where(b => !_open.Contains(b.Map) && HasRegisters(b.Map)))
        {
            xml.WriteStartElement("cluster");
            WriteDimension(xml, inner.IsArray, inner.Count, inner.Stride);
            Element(xml, "name", names.Take(ExportText.Identifier(inner.Name)) + Index(inner.IsArray, packed: true));
            Element(xml, "description", $"{ExportText.Describe(inner)} {inner.Map.Description}", otherwise: inner.Map.Info.Name);
            Element(xml, "addressOffset", ExportText.Hex(inner.Offset));
            WriteContents(xml, inner.Map);
            xml.WriteEndElement();
        }
        _open.Pop();
    }

    private static void WriteRegister(XmlWriter xml, RegisterInfo register, string name, string? alternate)
    {
        xml.WriteStartElement("register");
        WriteDimension(xml, register.IsArray, register.Count, register.Stride);
        if (HasIndex(register))
            Element(xml, "dimIndex", IndexOf(register));
        Element(xml, "name", name);
        Element(xml, "description", ExportText.Describe(register), otherwise: register.Name);
        if (alternate is not null)
            Element(xml, "alternateRegister", alternate);
        Element(xml, "addressOffset", ExportText.Hex(register.Offset));
        Element(xml, "size", ExportText.Number(register.Width));
        bool uniform = register.AccessByBits.Count == 1;
        WriteDirections(xml, uniform ? register.Access : register.Access & ~Access.Once);
        Element(xml, "resetValue", ExportText.Hex(register.Reset ?? 0, register.Width));

        // Of a register without storage nobody knows what it reads as after reset.
        // Of an array whose registers differ, only the bits that do not.
        ulong known = register.Reset is { } first ? register.Resets.Aggregate(ulong.MaxValue >> (64 - register.Width), (same, r) => same & ~(r ^ first)) : 0;
        Element(xml, "resetMask", ExportText.Hex(known, register.Width));
        if (uniform)
            WriteEffects(xml, register.Access);
        if (!uniform || register.Fields.Count + register.Values.Count > 0)
        {
            xml.WriteStartElement("fields");
            var names = new NameScope();
            foreach (RegisterField field in RegisterBits.FieldsOf(register))
                WriteField(xml, register, field, names.Take(ExportText.Identifier(field.Name)), uniform);
            xml.WriteEndElement();
        }
        xml.WriteEndElement();
    }

    private static void WriteField(XmlWriter xml, RegisterInfo register, RegisterField field, string name, bool uniform)
    {
        xml.WriteStartElement("field");
        Element(xml, "name", name);
        string values = field.CombinesValues ? string.Join(", ", field.Values.Select(v => $"{v.Name} = {ExportText.Hex(v.Value)}")) : "";
        Element(xml, "description", $"{ExportText.Describe(register, field)} {values}", otherwise: field.Name);

        // Not bitRange, whose pattern ends at bit 49.
        Element(xml, "bitOffset", ExportText.Number(field.Low));
        Element(xml, "bitWidth", ExportText.Number(field.Width));
        if (!uniform)
        {
            WriteDirections(xml, field.Access);
            WriteEffects(xml, field.Access);
        }

        if (field.Values.Count > 0 && !field.CombinesValues)
            WriteValues(xml, field);
        xml.WriteEndElement();
    }

    private static void WriteValues(XmlWriter xml, RegisterField field)
    {
        xml.WriteStartElement("enumeratedValues");
        var names = new NameScope();
        foreach (NamedValue named in field.Values.DistinctBy(v => v.Value))
        {
            xml.WriteStartElement("enumeratedValue");
            Element(xml, "name", names.Take(ExportText.Identifier(named.Name)));
            if (named.Description.Length > 0)
                Element(xml, "description", named.Description);
            Element(xml, "value", ExportText.Hex(named.Value));
            xml.WriteEndElement();
        }
        xml.WriteEndElement();
    }

    private static void WriteDirections(XmlWriter xml, Access access)
    {
        const Access Reading = Access.R | Access.RC | Access.RS | Access.Once | Access.SelfClearing;
        bool reads = access.HasFlag(Access.R), writes = (access & ~Reading) != 0, once = access.HasFlag(Access.Once);
        if (reads || writes)
            Element(xml, "access", (reads, writes) switch { (true, true) => once ? "read-writeOnce" : "read-write", (true, _) => "read-only", _ => once ? "writeOnce" : "write-only" });
    }

    private static void WriteEffects(XmlWriter xml, Access access)
    {
        string written = (access & (Access.W1C | Access.W1S | Access.W1T | Access.W0C | Access.W0S | Access.W0T | Access.WC | Access.WS)) switch
        {
            Access.W1C => "oneToClear",
            Access.W1S => "oneToSet",
            Access.W1T => "oneToToggle",
            Access.W0C => "zeroToClear",
            Access.W0S => "zeroToSet",
            Access.W0T => "zeroToToggle",
            Access.WC => "clear",
            Access.WS => "set",
            _ => access.HasFlag(Access.SelfClearing) ? "modify" : "",
        };
        if (written.Length > 0)
            Element(xml, "modifiedWriteValues", written);
        if ((access & (Access.RC | Access.RS)) != 0)
            Element(xml, "readAction", access.HasFlag(Access.RC) ? "clear" : "set");
    }

    private static void WriteDimension(XmlWriter xml, bool several, int count, uint stride)
    {
        if (!several)
            return;
        Element(xml, "dim", ExportText.Number(count));
        Element(xml, "dimIncrement", ExportText.Hex(stride));
    }

    // The schema wants two names at least.
    private static bool HasIndex(RegisterInfo register) => register.Names.Count > 0 && register is { IsArray: true, Count: > 1 };

    private static string IndexOf(RegisterInfo register)
    {
        var names = new NameScope();
        return string.Join(",", Enumerable.Range(0, register.Count).Select(i => names.Take(
            register.Names.FirstOrDefault(n => n.Value == (ulong)i) is { } named ? ExportText.Identifier(named.Name) : ExportText.Number(i))));
    }

    // An array as C has it where nothing lies between its elements; a list of names otherwise.
    private static string Index(bool several, bool packed) => !several ? "" : packed ? "[%s]" : "%s";

    // A cluster is never empty, and neither are a peripheral's registers.
    private bool HasRegisters(RegisterMap map)
    {
        var seen = new HashSet<RegisterMap>(_open);
        return Has(map);

        bool Has(RegisterMap at) => seen.Add(at) && (BlockView.RegistersOf(at).Count > 0 || BlockView.BlocksOf(at).Any(b => Has(b.Map)));
    }

    private static void Element(XmlWriter xml, string name, string text, string otherwise = "")
    {
        string line = ExportText.Line(text);
        xml.WriteElementString(name, line.Length > 0 ? line : ExportText.Line(otherwise));
    }
}
