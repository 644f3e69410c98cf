using System.Numerics;
using System.Text.Json;

namespace Mdev.Sdk.VfioUser.Messages;

/// <summary>Reads the JSON object of a client's capabilities. Those nobody has heard of are no mistake.</summary>
internal static class CapabilityReader
{
    // More descriptors than the kernel passes in one message are a mistake, not a wish.
    private const ulong MostDescriptors = 1024;

    /// <param name="json">The object.</param>
    /// <param name="minor">The client's minor version.</param>
    /// <param name="read">What it says; defaults for the rest.</param>
    /// <returns>The name of the first capability that is malformed; <see langword="null"/> if all are well.</returns>
    public static string? Read(JsonElement json, ushort minor, out ClientCapabilities read)
    {
        read = new ClientCapabilities { Minor = minor };
        if (!TryNumber(json, "max_msg_fds", 0, MostDescriptors, out ulong? descriptors))
            return "max_msg_fds";

        // With 0 no data could ever be sent: a loop that cuts them into pieces would not end.
        if (!TryNumber(json, "max_data_xfer_size", 1, ulong.MaxValue, out ulong? transfer))
            return "max_data_xfer_size";
        if (!TryNumber(json, "max_dma_maps", 0, ulong.MaxValue, out ulong? mappings))
            return "max_dma_maps";
        if (!TryNumber(json, "pgsizes", Limits.PageSize, ulong.MaxValue, out ulong? pageSizes))
            return "pgsizes";
        if (!TryTwin(json, out bool twin))
            return "twin_socket";
        if (!TryFlag(json, "write_multiple", out bool writeMultiple))
            return "write_multiple";
        if (!TryMigration(json, out MigrationCapability? migration))
            return "migration";

        read = read with
        {
            MaxDescriptors = (int)(descriptors ?? (ulong)read.MaxDescriptors),
            MaxTransfer = transfer ?? read.MaxTransfer,
            MaxMappings = mappings,
            PageSizes = pageSizes,
            WantsTwin = twin,
            WriteMultiple = writeMultiple,
            Migration = migration,
        };
        return null;
    }

    // Absent is well; a number with a fraction, below zero or of more than 64 bits is not.
    private static bool TryNumber(JsonElement json, string name, ulong least, ulong most, out ulong? value)
    {
        value = null;
        if (!json.TryGetProperty(name, out JsonElement element))
            return true;
        if (element.ValueKind != JsonValueKind.Number || !element.TryGetUInt64(out ulong number) || number < least || number > most)
            return false;
        value = number;
        return true;
    }

    private static bool TryFlag(JsonElement json, string name, out bool value)
    {
        value = false;
        if (!json.TryGetProperty(name, out JsonElement element))
            return true;
        value = element.ValueKind == JsonValueKind.True;
        return element.ValueKind is JsonValueKind.True or JsonValueKind.False;
    }

    // fd_index is the server's to say.
    private static bool TryTwin(JsonElement json, out bool supported)
    {
        supported = false;
        return !json.TryGetProperty("twin_socket", out JsonElement element)
            || (element.ValueKind == JsonValueKind.Object && TryFlag(element, "supported", out supported));
    }

    private static bool TryMigration(JsonElement json, out MigrationCapability? value)
    {
        value = null;
        if (!json.TryGetProperty("migration", out JsonElement migration))
            return true;
        if (migration.ValueKind != JsonValueKind.Object
            || !TryNumber(migration, "pgsize", Limits.PageSize, ulong.MaxValue, out ulong? pageSize)
            || !BitOperations.IsPow2(pageSize ?? Limits.PageSize)
            || !TryNumber(migration, "max_bitmap_size", 0, ulong.MaxValue, out ulong? bitmap))
            return false;
        value = new(pageSize ?? Limits.PageSize, bitmap ?? MigrationCapability.DefaultMaxBitmapSize);
        return true;
    }
}
