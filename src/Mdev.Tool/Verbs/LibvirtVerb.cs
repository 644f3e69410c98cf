using System.Globalization;
using System.Text;
using System.Xml;
using Mdev.Sdk.Management.Control.Messages;

namespace Mdev.Tool.Verbs;

/// <summary><c>libvirt</c>: elements for a domain's XML. libvirt knows no vfio-user device, so QEMU's own options are passed through.</summary>
internal sealed class LibvirtVerb(Surroundings surroundings) : SnippetVerb(
    surroundings,
    "libvirt",
    "Print what a libvirt domain needs to have a device.",
    "The elements go into your domain's XML, the namespace onto its first tag. libvirt has no vfio-user device, so QEMU's own options are passed through.",
    "libvirt UUID")
{
    private const string QemuNamespace = "http://libvirt.org/schemas/domain/qemu/1.0";

    // libvirt gives its own ports the addresses from 1 up, and does not see this one; q35 has 0x1f itself.
    private const int FirstAddress = 0x1d, Addresses = 14;

    protected override string Snippet(string socket, InstanceInfo instance, int index)
    {
        var text = new StringWriter(new StringBuilder(), CultureInfo.InvariantCulture) { NewLine = "\n" };
        using (var xml = new XmlTextWriter(text) { Formatting = Formatting.Indented, QuoteChar = '\'' })
        {
            xml.WriteStartElement("domain");
            xml.WriteAttributeString("type", "kvm");
            xml.WriteAttributeString("xmlns", "qemu", null, QemuNamespace);
            if (instance.Serving is { HasMsix: true })
                xml.WriteComment($" {VfioUserPci.MsixNote.Replace("--", "- -", StringComparison.Ordinal)} ");
            xml.WriteStartElement("memoryBacking");
            WriteEmpty(xml, "source", "type", "memfd");
            WriteEmpty(xml, "access", "mode", "shared");
            xml.WriteEndElement();
            xml.WriteStartElement("qemu", "commandline", QemuNamespace);
            foreach (string argument in (string[])["-device", Port(instance, index), "-device", VfioUserPci.Device(socket, instance.Uuid, index)])
            {
                xml.WriteStartElement("qemu", "arg", QemuNamespace);
                xml.WriteAttributeString("value", argument);
                xml.WriteEndElement();
            }
            xml.WriteEndElement();
            xml.WriteEndElement();
        }
        return text + "\n";
    }

    protected override IEnumerable<string> Notes(InstanceInfo instance) =>
    [
        "the user that libvirt runs QEMU as (libvirt-qemu, qemu) must be able to read and write the socket; dotnet mdev doctor checks it",
    ];

    private static string Port(InstanceInfo instance, int index) => VfioUserPci.Json(writer =>
    {
        writer.WriteString("driver", "pcie-root-port");
        writer.WriteString("id", VfioUserPci.PortOf(instance.Uuid, index));
        writer.WriteString("bus", "pcie.0");
        writer.WriteString("addr", string.Create(CultureInfo.InvariantCulture, $"0x{FirstAddress - (index % Addresses):x}"));
        writer.WriteNumber("chassis", 0xff - (index % 0x80));
    });

    private static void WriteEmpty(XmlTextWriter xml, string element, string attribute, string value)
    {
        xml.WriteStartElement(element);
        xml.WriteAttributeString(attribute, value);
        xml.WriteEndElement();
    }
}
