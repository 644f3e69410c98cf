using System.Buffers.Binary;
using System.Text.Json;
using System.Text.Unicode;

namespace Mdev.Sdk.VfioUser.Messages;

/// <summary>VERSION: a version and a JSON object of capabilities. Source: vfio-user, "VFIO_USER_VERSION".</summary>
internal static class VersionMessage
{
    /// <summary>Bytes of the version, before the JSON.</summary>
    public const int JsonOffset = 4;

    /// <summary>Whether the server can talk with this client.</summary>
    /// <param name="payload">The request.</param>
    /// <param name="capabilities">What the client can do; the protocol's defaults if it is refused.</param>
    /// <param name="reason">What is wrong with it.</param>
    public static bool TryAccept(ReadOnlySpan<byte> payload, out ClientCapabilities capabilities, out string reason)
    {
        capabilities = new ClientCapabilities();
        if (payload.Length < JsonOffset)
            return Refuse("it is cut short", out reason);
        ushort major = BinaryPrimitives.ReadUInt16LittleEndian(payload);
        if (major != 0)
            return Refuse($"its major version is {major}, this server speaks 0", out reason);
        capabilities = capabilities with { Minor = BinaryPrimitives.ReadUInt16LittleEndian(payload[2..]) };

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
            return TryAccept(document.RootElement, ref capabilities, out reason);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return Refuse("its capabilities are not JSON", out reason);
        }
    }

    private static bool TryAccept(JsonElement version, ref ClientCapabilities capabilities, out string reason)
    {
        if (version.ValueKind != JsonValueKind.Object)
            return Refuse("its version data are not an object", out reason);
        if (!version.TryGetProperty("capabilities", out JsonElement json))
            return Accept(out reason);
        if (json.ValueKind != JsonValueKind.Object)
            return Refuse("its capabilities are not an object", out reason);
        return CapabilityReader.Read(json, capabilities.Minor, out capabilities) is { } malformed
            ? Refuse($"its capability {malformed} is malformed or out of range", out reason)
            : Accept(out reason);
    }

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
