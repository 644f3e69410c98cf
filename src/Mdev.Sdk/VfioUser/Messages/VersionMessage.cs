using System.Buffers.Binary;
using System.Globalization;
using System.Numerics;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using Mdev.Sdk.Dma;

namespace Mdev.Sdk.VfioUser.Messages;

/// <summary>VERSION and its reply: a version and a JSON object of capabilities. Source: vfio-user, "VFIO_USER_VERSION".</summary>
internal static class VersionMessage
{
    private const int JsonOffset = 4;

    // QEMU takes no reply longer than its request, 214 bytes, and no minor version above 0.
    private static readonly byte[] s_capabilities = Encoding.UTF8.GetBytes(string.Create(
        CultureInfo.InvariantCulture,
        $$$"""{"capabilities":{"max_msg_fds":{{{Limits.MaxDescriptors}}},"max_data_xfer_size":{{{Limits.MaxTransfer}}},"max_dma_maps":{{{GuestMemory.MaxMappings}}},"pgsizes":{{{Limits.PageSize}}}}}"""));

    public static int ReplyLength => JsonOffset + s_capabilities.Length + 1;

    /// <summary>Whether the server can talk with this client.</summary>
    /// <param name="payload">The request.</param>
    /// <param name="reason">What is wrong with it.</param>
    public static bool TryAccept(ReadOnlySpan<byte> payload, out string reason)
    {
        if (payload.Length < JsonOffset)
            return Refuse("it is cut short", out reason);
        ushort major = BinaryPrimitives.ReadUInt16LittleEndian(payload);
        if (major != 0)
            return Refuse($"its major version is {major}, this server speaks 0", out reason);

        // The version data may be left out altogether.
        ReadOnlySpan<byte> json = payload[JsonOffset..];
        if (json.IsEmpty)
            return Accept(out reason);
        if (json[^1] != 0)
            return Refuse("its capabilities do not end with a NUL", out reason);

        // RFC 8259, section 8.1; the parser looks at the encoding only of what it is asked for.
        if (!Utf8.IsValid(json))
            return Refuse("its capabilities are not UTF-8", out reason);

        try
        {
            using JsonDocument document = JsonDocument.Parse(json[..^1].ToArray());
            return TryAccept(document.RootElement, out reason);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return Refuse("its capabilities are not JSON", out reason);
        }
    }

    public static void WriteReply(Span<byte> payload)
    {
        payload.Clear();
        s_capabilities.CopyTo(payload[JsonOffset..]);
    }

    private static bool TryAccept(JsonElement version, out string reason)
    {
        if (version.ValueKind != JsonValueKind.Object)
            return Refuse("its version data are not an object", out reason);
        if (!version.TryGetProperty("capabilities", out JsonElement capabilities))
            return Accept(out reason);
        if (capabilities.ValueKind != JsonValueKind.Object)
            return Refuse("its capabilities are not an object", out reason);

        // More descriptors than the kernel passes in one message are a mistake, not a wish.
        if (!IsNumber(capabilities, "max_msg_fds", 0, 1024)
            || !IsNumber(capabilities, "max_data_xfer_size", 1, ulong.MaxValue)
            || !IsNumber(capabilities, "max_dma_maps", 0, ulong.MaxValue)
            || !IsNumber(capabilities, "pgsizes", Limits.PageSize, ulong.MaxValue))
            return Refuse("one of its limits is no number or out of range", out reason);
        if (!IsMigration(capabilities))
            return Refuse("its migration capability is malformed", out reason);
        return Accept(out reason);
    }

    private static bool IsNumber(JsonElement capabilities, string name, ulong least, ulong most) =>
        !capabilities.TryGetProperty(name, out JsonElement value)
        || (value.ValueKind == JsonValueKind.Number
            && value.TryGetUInt64(out ulong number) && number >= least && number <= most);

    // No longer in the specification, still sent by QEMU.
    private static bool IsMigration(JsonElement capabilities) =>
        !capabilities.TryGetProperty("migration", out JsonElement migration)
        || (migration.ValueKind == JsonValueKind.Object
            && (!migration.TryGetProperty("pgsize", out JsonElement value)
                || (value.ValueKind == JsonValueKind.Number && value.TryGetUInt64(out ulong size)
                    && size >= Limits.PageSize && BitOperations.IsPow2(size))));

    private static bool Accept(out string reason)
    {
        reason = "";
        return true;
    }

    private static bool Refuse(string why, out string reason)
    {
        reason = why;
        return false;
    }
}
