using System.Buffers;
using Mdev.Sdk.Management.Control.Messages;

namespace Mdev.Tool.Verbs;

/// <summary><c>cloud-hypervisor</c>: options for its command line.</summary>
internal sealed class CloudHypervisorVerb(Surroundings surroundings) : SnippetVerb(
    surroundings,
    "cloud-hypervisor",
    "Print the options that attach a device to Cloud Hypervisor.",
    "Change the size of the memory to yours.",
    "cloud-hypervisor UUID")
{
    private static readonly SearchValues<char> s_special = SearchValues.Create(" ,\"'[]\\$`;&|<>()*?!#~");

    protected override string Snippet(string socket, InstanceInfo instance, int index) =>
        $"--memory size=512M,shared=on --user-device {Value(socket)}\n";

    // Its own parser splits at commas, except between double quotes; the shell's quotes stand around both.
    private static string Value(string socket) => socket.AsSpan().IndexOfAny(s_special) < 0
        ? $"socket={socket}"
        : Quote(socket.AsSpan().IndexOfAny(",[]") < 0 ? $"socket={socket}" : $"socket=\"{socket}\"");
}
