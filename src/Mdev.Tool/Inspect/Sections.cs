using System.Globalization;
using Mdev.Sdk.Management.Control.Messages;
using Mdev.Sdk.Observation;
using Mdev.Sdk.Observation.Control;

namespace Mdev.Tool.Inspect;

/// <summary>What is shown of a device, in the order in which it is.</summary>
internal static class Sections
{
    /// <summary>All of them; those with nothing in them are left out.</summary>
    public static IReadOnlyList<Section> Of(Inspection inspection)
    {
        List<Section> sections = [Head(inspection)];
        if (inspection.Device is not { } device)
            return sections;
        if (device.Pci is { } pci)
            sections.Add(new("PCI", [], 1, PciLines.Of(pci, device.Regions)));
        sections.AddRange([Regions(device), Registers(device), Interrupts(device), Dma(device), Counters(device)]);
        if (device.Pci is not null)
            sections.Add(ConfigSpace(device.Pci));
        return [.. sections.Where(s => s.Rows.Count > 0)];
    }

    private static Section Head(Inspection inspection)
    {
        InstanceInfo instance = inspection.Instance;
        List<string[]> rows =
        [
            ["UUID", instance.Uuid.ToString()],
            ["Type", $"{instance.Type} ({inspection.TypeName})"],
            ["Parent", instance.Parent],
            ["API", instance.DeviceApi],
        ];
        if (instance.Socket is { } socket)
            rows.Add(["Socket", socket]);
        if (inspection.Device is { } device)
        {
            rows.Add(["State", device.State]);
            rows.Add(["Client", ClientOf(device)]);
        }
        rows.AddRange((instance.Attributes ?? []).Select(a => (string[])[$"Attribute {a.Name}", a.Value]));
        return new("", [], 1, rows);
    }

    private static string ClientOf(DeviceSnapshot device)
    {
        if (device.Client is not { } client)
            return "none";
        string program = client.Program.Length == 0 ? "has not said VERSION" : client.Program;
        string process = client.ProcessId == 0 ? "unknown process"
            : Text($"process {client.ProcessId}{(client.Process.Length == 0 ? "" : $" ({client.Process})")}");
        return Text($"{process}, {program}, since {client.Since.ToLocalTime():yyyy-MM-dd HH:mm:ss}");
    }

    private static Section Regions(DeviceSnapshot device) => new(
        "Regions", ["Region", "Size", "Access", "Kind", "Contents", "Reads", "Writes"], 1,
        [
            .. device.Regions.Select(region =>
            {
                RegionCount? count = device.Counters.Regions.FirstOrDefault(c => c.Region == region.Index);
                return (string[])
                [
                    region.Name, Size(region.Size),
                    (region.CanRead ? "r" : "-") + (region.CanWrite ? "w" : "-") + (region.Mappable.Count > 0 ? "m" : "-"),
                    region.Kind, ContentsOf(region), Text($"{count?.Reads ?? 0}"), Text($"{count?.Writes ?? 0}"),
                ];
            }),
        ]);

    private static string ContentsOf(RegionSnapshot region)
    {
        IEnumerable<string> memory = region.Memory.Select(m => Text($"{m.Name} at 0x{m.Offset:x}, {Size(m.Size)}"));
        IEnumerable<string> mappable = region.Mappable.Select(a => Text($"mappable 0x{a.Offset:x}-0x{a.Offset + a.Size - 1:x}"));
        return string.Join("; ", memory.Concat(mappable));
    }

    private static Section Registers(DeviceSnapshot device) => new(
        "Registers", ["Region", "Offset", "Register", "Value", "Meaning"], 3,
        [.. device.Regions.SelectMany(region => region.Registers.Select(r => RowOf(region, r)).Concat(Omitted(region)))]);

    private static string[] RowOf(RegionSnapshot region, RegisterSnapshot register)
    {
        string value = register.Value is { } number ? "0x" + number.ToString($"x{register.Width / 4}", CultureInfo.InvariantCulture) : register.Unseen ? "not looked at" : "write-only";
        string meaning = register.Fields.Count > 0 ? string.Join(", ", register.Fields.Select(f => $"{f.Name} = {f.Value}")) : register.Meaning;
        if (register.NotImplemented is { } reason)
            meaning = meaning.Length == 0 ? $"not implemented: {reason}" : $"{meaning} (not implemented: {reason})";
        return [region.Name, Text($"0x{register.Offset:x}"), register.Name, value, meaning];
    }

    private static IEnumerable<string[]> Omitted(RegionSnapshot region) =>
        region.Omitted == 0 ? [] : [[region.Name, "", Text($"… {region.Omitted} more of long arrays"), "", ""]];

    private static Section Interrupts(DeviceSnapshot device) => new(
        "Interrupts", ["Interrupt", "Vectors", "Armed", "Masked", "Pending", "Signalled"], 1,
        [
            .. device.Interrupts.Select(i => (string[])
            [
                i.Asserted ? $"{i.Name} (high)" : i.Name, Text($"{i.Count}"),
                Ranges(i.Vectors.Where(v => v.Armed)), Ranges(i.Vectors.Where(v => v.Masked)), Ranges(i.Vectors.Where(v => v.Pending)),
                Text($"{i.Signals}"),
            ]),
        ]);

    // 0-3, 7
    private static string Ranges(IEnumerable<VectorSnapshot> vectors)
    {
        var ranges = new List<(int First, int Last)>();
        foreach (VectorSnapshot vector in vectors)
        {
            if (ranges is [.., var last] && last.Last + 1 == vector.Vector)
                ranges[^1] = last with { Last = vector.Vector };
            else
                ranges.Add((vector.Vector, vector.Vector));
        }
        return string.Join(", ", ranges.Select(r => r.First == r.Last ? Text($"{r.First}") : Text($"{r.First}-{r.Last}")));
    }

    private static Section Dma(DeviceSnapshot device) => new(
        "Guest memory", ["First", "Last", "Size", "Access", "Memory"], 1,
        [
            .. device.Dma.Select(d => (string[])
            [
                Text($"0x{d.Address:x}"), Text($"0x{d.Address + (d.Size - 1):x}"), Size(d.Size),
                (d.CanRead ? "r" : "-") + (d.CanWrite ? "w" : "-"),
                d.Broken ? "broken: the client has truncated its file"
                    : d.Mapped ? Text($"shared, file offset 0x{d.FileOffset:x}")
                    : d.Shared ? Text($"shared, by its file only, offset 0x{d.FileOffset:x}")
                    : "not shared: by messages",
            ]),
        ]);

    private static Section Counters(DeviceSnapshot device)
    {
        CountersSnapshot counters = device.Counters;
        return new("Counters", [], 1,
        [
            .. new (string Name, long Value)[]
            {
                ("Clients so far", counters.Connections),
                ("Resets by clients", counters.Resets),
                ("Refused commands", counters.ProtocolErrors),
                ("Reads of no register", counters.UnclaimedReads),
                ("Writes of no register", counters.UnclaimedWrites),
                ("Unexpected writes", counters.UnexpectedWrites),
                ("Handlers that threw", counters.Faults),
                ("Work that was late", counters.LateWork),
                ("Broken guest memory", counters.BrokenMappings),
                ("Revoked guest memory", counters.RevokedMappings),
            }.Select(c => (string[])[c.Name, Text($"{c.Value}")]),
        ]);
    }

    // Rows of zeros say nothing.
    private static Section ConfigSpace(PciSnapshot pci) => new("Config space", [], 1,
    [
        .. Enumerable.Range(0, pci.Config.Length / 16)
            .Select(row => (Offset: 16 * row, Bytes: pci.Config.Slice(16 * row, 16)))
            .Where(row => row.Bytes.Span.ContainsAnyExcept((byte)0))
            .Select(row => (string[])[Text($"{row.Offset:x3}"), string.Join(' ', row.Bytes.ToArray().Select(b => Text($"{b:x2}")))]),
    ]);

    private static string Size(ulong bytes) => bytes switch
    {
        >= 1 << 30 when bytes % (1 << 30) == 0 => Text($"{bytes >> 30} GiB"),
        >= 1 << 20 when bytes % (1 << 20) == 0 => Text($"{bytes >> 20} MiB"),
        >= 1 << 10 when bytes % (1 << 10) == 0 => Text($"{bytes >> 10} KiB"),
        _ => Text($"{bytes} B"),
    };

    private static string Text(FormattableString text) => FormattableString.Invariant(text);
}
