using Mdev.Sdk;
using Mdev.Sdk.Management;
using Mdev.Sdk.Management.Control;
using Mdev.Sdk.Management.Control.Messages;

namespace Mdev.Tool.Hosts;

/// <summary>The host processes that have published themselves in the runtime directory.</summary>
/// <param name="directory">The runtime directory; it need not exist.</param>
/// <param name="warn">Told of a host process that does not answer; the others do.</param>
/// <param name="sweeps">Whether to remove what host processes that were killed have left.</param>
internal sealed class HostProcesses(string directory, Action<string> warn, bool sweeps = true)
{
    // Longer than a host under load takes for a list; one that has been stopped must not stop every tool.
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(5);

    private bool _isSwept = !sweeps;

    /// <summary>The control sockets, in the order of their names.</summary>
    /// <exception cref="MdevException">EACCES: the directory is another user's.</exception>
    public IReadOnlyList<string> ControlSockets
    {
        get
        {
            try
            {
                if (!Directory.Exists(directory))
                    return [];

                // What a host process that was killed has left would be asked in vain.
                if (!_isSwept)
                    Leftovers.Sweep(directory);
                _isSwept = true;
                return [.. Directory.EnumerateFileSystemEntries(directory, "*.control").Order(StringComparer.Ordinal)];
            }
            catch (Exception e) when (FileErrors.Is(e))
            {
                throw FileErrors.Sentence($"Cannot read the runtime directory {directory} (MDEV_RUNTIME_DIR chooses another one)", e);
            }
        }
    }

    /// <summary>Asks every host process the same.</summary>
    /// <returns>The answers with the sockets they came from; whoever does not answer is warned about and left out.</returns>
    public async Task<IReadOnlyList<(string Socket, TAnswer Answer)>> AskAllAsync<TArguments, TAnswer>(
        ControlVerb<TArguments, TAnswer> verb, TArguments arguments, CancellationToken cancel)
        where TArguments : class
        where TAnswer : class
    {
        Task<(string, TAnswer)?>[] asked = [.. ControlSockets.Select(socket => AskAsync(socket, verb, arguments, cancel))];
        return [.. (await Task.WhenAll(asked).ConfigureAwait(false)).OfType<(string, TAnswer)>()];
    }

    /// <summary>All instances, by parent and then by UUID.</summary>
    /// <param name="uuid">Only this one.</param>
    /// <param name="withAttributes">Whether their attributes are read too.</param>
    /// <param name="cancel">Ends it.</param>
    public async Task<IReadOnlyList<InstanceInfo>> InstancesAsync(
        Guid? uuid = null, bool withAttributes = false, CancellationToken cancel = default) =>
    [
        .. (await AskAllAsync(ControlVerbs.List, new ListArguments(uuid, withAttributes), cancel).ConfigureAwait(false))
            .SelectMany(a => a.Answer.Instances)
            .OrderBy(i => i.Parent, StringComparer.Ordinal).ThenBy(i => i.Uuid.ToString(), StringComparer.Ordinal),
    ];

    /// <summary>Connects to the host process of a parent.</summary>
    /// <exception cref="MdevException">ENODEV: no host process has published it.</exception>
    public async Task<ControlClient> OfParentAsync(string parent, CancellationToken cancel)
    {
        foreach ((string socket, ParentList list) in await AskAllAsync(ControlVerbs.Parents, Nothing.Instance, cancel).ConfigureAwait(false))
        {
            if (list.Parents.Any(p => p.Name == parent))
                return await ControlClient.ConnectAsync(socket, cancel).ConfigureAwait(false);
        }
        throw new MdevException(Errno.ENODEV,
            $"There is no parent {parent}; start its host program with --manage, and with {directory} as its runtime directory.");
    }

    /// <summary>Connects to the host process of an instance.</summary>
    /// <returns>The connection, to be disposed, and the instance.</returns>
    /// <exception cref="MdevException">ENODEV: no host process has it.</exception>
    public async Task<(ControlClient Client, InstanceInfo Instance)> OfInstanceAsync(Guid uuid, CancellationToken cancel)
    {
        foreach ((string socket, InstanceList list) in
            await AskAllAsync(ControlVerbs.List, new ListArguments(uuid), cancel).ConfigureAwait(false))
        {
            if (list.Instances is [var instance, ..])
                return (await ControlClient.ConnectAsync(socket, cancel).ConfigureAwait(false), instance);
        }
        throw new MdevException(Errno.ENODEV, $"Device {uuid} is not active; dotnet mdev list shows those that are.");
    }

    private async Task<(string, TAnswer)?> AskAsync<TArguments, TAnswer>(
        string socket, ControlVerb<TArguments, TAnswer> verb, TArguments arguments, CancellationToken cancel)
        where TArguments : class
        where TAnswer : class
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        deadline.CancelAfter(s_patience);
        try
        {
            using ControlClient client = await ControlClient.ConnectAsync(socket, deadline.Token).ConfigureAwait(false);
            return (socket, await client.CallAsync(verb, arguments, deadline.Token).ConfigureAwait(false));
        }
        catch (MdevException e) when (e.Error is Errno.ENOENT)
        {
            // It has ended since the directory was read.
        }
        catch (MdevException e)
        {
            warn($"{e.Error}: {e.Message}");
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            warn($"{Errno.ETIMEDOUT}: The host process at {socket} does not answer; is it stopped?");
        }
        return null;
    }
}
