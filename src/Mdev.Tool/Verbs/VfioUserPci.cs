using System.Globalization;
using System.Text;
using System.Text.Json;
using Mdev.Sdk.Management;

namespace Mdev.Tool.Verbs;

/// <summary>QEMU's side of a device: a root port of its own, so that it can be unplugged, and the device in it.</summary>
internal static class VfioUserPci
{
    /// <summary>Unplugging a device that has MSI-X ends the virtual machine.</summary>
    public const string MsixNote =
        "device_del of a device with MSI-X, as this one is, aborts QEMU 11.1; shut the guest down to remove it.";

    /// <summary>The root port's id.</summary>
    /// <param name="uuid">The device's.</param>
    /// <param name="index">A number that no other active device has, counted from 0: UUIDs often begin alike.</param>
    public static string PortOf(Guid uuid, int index) => string.Create(CultureInfo.InvariantCulture, $"mdev-{uuid.ToString()[..8]}-{index + 1}");

    /// <summary>The <c>-device</c> in JSON, the only form in which QEMU takes a socket's address.</summary>
    public static string Device(string socket, Guid uuid, int index) => Json(writer =>
    {
        writer.WriteString("driver", "vfio-user-pci");
        writer.WriteStartObject("socket");
        writer.WriteString("type", "unix");
        writer.WriteString("path", socket);
        writer.WriteEndObject();
        writer.WriteString("bus", PortOf(uuid, index));
    });

    /// <summary>An object on one line.</summary>
    public static string Json(Action<Utf8JsonWriter> members)
    {
        using var bytes = new MemoryStream();
        using (var writer = new Utf8JsonWriter(bytes, new JsonWriterOptions { Encoder = PlainEncoder.Instance }))
        {
            writer.WriteStartObject();
            members(writer);
            writer.WriteEndObject();
        }
        return Encoding.UTF8.GetString(bytes.ToArray());
    }
}
