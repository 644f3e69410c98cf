using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Mdev.Sdk.Testing;

/// <summary>
/// What a client says of itself in VERSION, or a server in its reply; what is <see langword="null"/> or <see langword="false"/> is not
/// said. Source: vfio-user, "VFIO_USER_VERSION".
/// </summary>
public sealed record VfioUserCapabilities
{
    /// <summary>What QEMU 11.1 says.</summary>
    public static VfioUserCapabilities Qemu { get; } =
        new() { WriteMultiple = true, MigrationPageSize = 4096, MaxBitmapSize = 256 << 20 };

    /// <summary>What cloud-hypervisor says, whose client is that of rust-vmm. It answers no commands of a server.</summary>
    public static VfioUserCapabilities CloudHypervisor { get; } =
        new() { Minor = 1, MaxDescriptors = 1, MaxTransfer = null, MaxMappings = null, PageSizes = null };

    /// <summary>Minor version; the major one is 0.</summary>
    public ushort Minor { get; init; }

    /// <summary>max_msg_fds: descriptors that the sender takes in one message.</summary>
    public uint? MaxDescriptors { get; init; } = 16;

    /// <summary>max_data_xfer_size: bytes of data that the sender takes in one message.</summary>
    public ulong? MaxTransfer { get; init; } = 1 << 20;

    /// <summary>max_dma_maps: mappings there may be.</summary>
    public ulong? MaxMappings { get; init; } = 65535;

    /// <summary>pgsizes: a bit for each page size that memory is mapped by.</summary>
    public ulong? PageSizes { get; init; } = 4096;

    /// <summary>twin_socket: commands of the server go over a second socket.</summary>
    public bool TwinSocket { get; init; }

    /// <summary>write_multiple: REGION_WRITE_MULTI.</summary>
    public bool WriteMultiple { get; init; }

    /// <summary>migration: bytes of memory a bit of a dirty bitmap.</summary>
    public ulong? MigrationPageSize { get; init; }

    /// <summary>migration: bytes of the largest dirty bitmap. Goes with <see cref="MigrationPageSize"/>.</summary>
    public ulong? MaxBitmapSize { get; init; }

    internal string ToJson()
    {
        var members = new List<string>();
        if (MaxDescriptors is { } descriptors)
            members.Add(Member("max_msg_fds", descriptors));
        if (MaxTransfer is { } transfer)
            members.Add(Member("max_data_xfer_size", transfer));
        if (PageSizes is { } sizes)
            members.Add(Member("pgsizes", sizes));
        if (MaxMappings is { } mappings)
            members.Add(Member("max_dma_maps", mappings));
        if (TwinSocket)
            members.Add("\"twin_socket\":{\"supported\":true}");
        if (WriteMultiple)
            members.Add("\"write_multiple\":true");
        if (MigrationPageSize is { } page)
        {
            string most = MaxBitmapSize is { } bitmap ? $",{Member("max_bitmap_size", bitmap)}" : "";
            members.Add($"\"migration\":{{{Member("pgsize", page)}{most}}}");
        }
        return $"{{\"capabilities\":{{{string.Join(',', members)}}}}}";
    }

    internal static VfioUserCapabilities Parse(ushort minor, ReadOnlySpan<byte> json)
    {
        using JsonDocument document = JsonDocument.Parse(Encoding.UTF8.GetString(json));
        JsonElement said = document.RootElement.GetProperty("capabilities");
        JsonElement? migration = said.TryGetProperty("migration", out JsonElement element) ? element : null;
        return new()
        {
            Minor = minor,
            MaxDescriptors = (uint?)Number(said, "max_msg_fds"),
            MaxTransfer = Number(said, "max_data_xfer_size"),
            MaxMappings = Number(said, "max_dma_maps"),
            PageSizes = Number(said, "pgsizes"),
            TwinSocket = said.TryGetProperty("twin_socket", out JsonElement twin) && twin.GetProperty("supported").GetBoolean(),
            WriteMultiple = said.TryGetProperty("write_multiple", out JsonElement multiple) && multiple.GetBoolean(),
            MigrationPageSize = migration is null ? null : Number(migration.Value, "pgsize"),
            MaxBitmapSize = migration is null ? null : Number(migration.Value, "max_bitmap_size"),
        };
    }

    private static string Member(string name, ulong value) => string.Create(CultureInfo.InvariantCulture, $"\"{name}\":{value}");

    private static ulong? Number(JsonElement said, string name) =>
        said.TryGetProperty(name, out JsonElement value) ? value.GetUInt64() : null;
}
