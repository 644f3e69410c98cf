using System.CommandLine;
using Mdev.Sdk;
using Mdev.Sdk.Management.Control.Messages;

namespace Mdev.Tool.Verbs;

/// <summary>A verb that prints what to paste so that a virtual machine gets a device. What is to be known beside goes to standard error.</summary>
internal abstract class SnippetVerb : Verb
{
    private readonly Surroundings _surroundings;
    private readonly Argument<Guid?> _uuid;

    protected SnippetVerb(Surroundings surroundings, string name, string summary, string details, params string[] examples)
        : base(name, summary, details, examples)
    {
        _surroundings = surroundings;
        _uuid = DeviceOptions.UuidArgument(surroundings, "A device that is active.");
        Arguments.Add(_uuid);
    }

    protected sealed override async Task<int> RunAsync(ParseResult parsed, CancellationToken cancel)
    {
        Guid uuid = parsed.GetValue(_uuid)!.Value;
        InstanceInfo[] active = [.. (await _surroundings.Hosts.InstancesAsync(cancel: cancel).ConfigureAwait(false)).DistinctBy(i => i.Uuid)];
        int index = Array.FindIndex(active, i => i.Uuid == uuid);
        if (index < 0)
            throw new MdevException(Errno.ENODEV, $"Device {uuid} is not active, so it has no socket yet; dotnet mdev start -u {uuid} starts it.");

        InstanceInfo instance = active[index];
        if (instance.DeviceApi != "vfio-pci")
            throw new MdevException(Errno.ENOTSUP, $"Device {uuid} is a {instance.DeviceApi} device; clients of vfio-user attach PCI devices alone.");
        if (instance.Socket is not { } socket || !socket.StartsWith('/'))
            throw new MdevException(Errno.ENOTSUP, $"Device {uuid} is served on a socket without a path, which only the process that opened it can use.");
        _surroundings.Output.Write(Snippet(socket, instance, index));
        foreach (string note in Notes(instance))
            _surroundings.Tell(note);
        return 0;
    }

    /// <summary>What to paste, with a new line at its end.</summary>
    /// <param name="socket">The device's socket, an absolute path.</param>
    /// <param name="instance">The device.</param>
    /// <param name="index">A number that no other active device has, counted from 0.</param>
    protected abstract string Snippet(string socket, InstanceInfo instance, int index);

    /// <summary>What to know beside.</summary>
    protected virtual IEnumerable<string> Notes(InstanceInfo instance) => [];

    /// <summary>A word as a shell reads it.</summary>
    protected static string Quote(string word) => $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
