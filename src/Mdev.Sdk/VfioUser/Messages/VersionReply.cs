using System.Globalization;
using System.Text;
using Mdev.Sdk.Dma;

namespace Mdev.Sdk.VfioUser.Messages;

/// <summary>
/// The reply to VERSION: 0.0, the server's limits, and those features of the client's that the server has too. Source: vfio-user,
/// "VFIO_USER_VERSION".
/// </summary>
/// <remarks>
/// QEMU takes no minor version above 0 and no reply longer than its request. So nothing is said that the client did not bring up,
/// but for two limits that every client understands, and without a space. cloud-hypervisor wants an object of capabilities, be it
/// empty.
/// </remarks>
internal static class VersionReply
{
    /// <summary>The payload.</summary>
    /// <param name="client">What the client has said.</param>
    /// <param name="migration">Whether the device can be migrated.</param>
    /// <param name="twin">Whether the first descriptor of the reply is a second socket.</param>
    public static byte[] Make(ClientCapabilities client, bool migration, bool twin)
    {
        StringBuilder json = new();
        json.Append(
            CultureInfo.InvariantCulture,
            $$"""{"capabilities":{"max_msg_fds":{{Limits.MaxDescriptors}},"max_data_xfer_size":{{Limits.MaxTransfer}}""");

        // Defaults where the client says nothing. A server may only lower the first; the second takes whatever pages there are,
        // but QEMU fails on bits below its own smallest.
        if (client.MaxMappings is { } mappings)
            json.Append(CultureInfo.InvariantCulture, $",\"max_dma_maps\":{Math.Min(mappings, GuestMemory.MaxMappings)}");
        if (client.PageSizes is { } sizes)
            json.Append(CultureInfo.InvariantCulture, $",\"pgsizes\":{sizes & ~(Limits.PageSize - 1ul)}");

        // Of two page sizes the smaller one counts.
        if (migration && client.Migration is not null)
            json.Append(CultureInfo.InvariantCulture, $$""","migration":{"pgsize":{{Limits.PageSize}}}""");
        if (twin)
            json.Append(""","twin_socket":{"supported":true,"fd_index":0}""");

        // A QEMU before 11.0 that is told of it queues every message it sends; and it sends the command unasked.
        if (client.WriteMultiple && client.Profile != ClientProfile.Qemu)
            json.Append(""","write_multiple":true""");
        json.Append("}}\0");
        return [.. new byte[VersionMessage.JsonOffset], .. Encoding.UTF8.GetBytes(json.ToString())];
    }
}
