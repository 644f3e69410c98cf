using System.Globalization;
using Mdev.Sdk.Management.Control.Messages;

namespace Mdev.Tool.Verbs;

/// <summary><c>qemu</c>: options for QEMU's command line.</summary>
internal sealed class QemuVerb(Surroundings surroundings) : SnippetVerb(
    surroundings,
    "qemu",
    "Print the options that attach a device to QEMU.",
    "QEMU 10.1 or newer. Change the size of the memory, in both places, to yours; the memory options are needed once, however many devices.",
    "qemu UUID")
{
    protected override string Snippet(string socket, InstanceInfo instance, int index) => string.Create(CultureInfo.InvariantCulture,
        $"""
        -machine q35,memory-backend=mem -m 512M \
        -object memory-backend-memfd,id=mem,size=512M,share=on \
        -device pcie-root-port,id={VfioUserPci.PortOf(instance.Uuid, index)},slot={index + 1} \
        -device {Quote(VfioUserPci.Device(socket, instance.Uuid, index))}

        """);

    protected override IEnumerable<string> Notes(InstanceInfo instance) =>
        instance.Serving is { HasMsix: true } ? [VfioUserPci.MsixNote] : [];
}
