using Mdev.Sdk.Display.Rfb;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Mdev.Sdk.Hosting;

/// <summary>
/// Parents as part of a program's host. When other services start, parents are on the bus and configured devices can be attached;
/// when the program counts as started, tools find it. Stopping asks before it takes.
/// </summary>
internal sealed class MdevService(
    MdevHost host,
    IOptions<MdevOptions> options,
    IEnumerable<ParentRegistration> registrations,
    IServiceProvider services,
    IHostApplicationLifetime? lifetime = null) : IHostedLifecycleService, IDisposable
{
    // A device whose code does not return cannot be waited for; the program's other services still want to end.
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(5);

    private readonly MdevOptions _options = options.Value;
    private readonly List<MdevParent> _parents = [];
    private ServiceNotifier? _notifier;
    private Publication? _publication;
    private VncPorts? _vnc;

    public Task StartingAsync(CancellationToken cancellationToken) => Guarded(() =>
    {
        _notifier = new ServiceNotifier(host);
        foreach (ParentRegistration registration in registrations)
            _parents.Add(registration.MakeFrom(services));
        ConfiguredDevices devices = ConfiguredDevices.Find(_options, _parents);
        devices.Place(host, Systemd.TakeSockets());
        foreach (MdevParent parent in _parents)
            host.Bus.Register(parent);
        if (_options.Vnc is { } vnc)
            _vnc = VncPorts.Start(host.Screens, VncAddress.TryParse(vnc)!, host.Logger, MdevProgram.Tell);
        devices.Make(host);
    });

    public Task StartAsync(CancellationToken cancellationToken) => Guarded(() => _publication = Publication.OfParents(host));

    public Task StartedAsync(CancellationToken cancellationToken) => Guarded(() =>
    {
        if (_options.Autostart)
            _publication!.Autostart();
        HostLog.Started(host.Logger, string.Join(", ", _parents.Select(p => p.Name)), host.Directory.Path, host.Instances.Count);

        // Not before every other service has started, too.
        if (lifetime is null)
            _notifier!.Ready(tellNumbers: true);
        else
            lifetime.ApplicationStarted.Register(() => _notifier!.Ready(tellNumbers: true));
    });

    public Task StoppingAsync(CancellationToken cancellationToken)
    {
        _notifier?.Stopping();
        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        host.Refuse();
        await DrainAsync(cancellationToken).ConfigureAwait(false);
        await EndAsync().ConfigureAwait(false);
        Dispose();
    }

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>What does not work any more, a sentence each.</summary>
    public IEnumerable<string> Failures()
    {
        if (_publication is not { } publication)
            return ["The host of virtual devices is not started."];
        return [
            .. _parents.Except(host.Bus.Parents).Select(parent => $"The parent {parent.Name} is not served any more."),
            .. publication.Failures()];
    }

    /// <summary>What was wanted and is not there, a sentence each.</summary>
    public IEnumerable<string> Lacks() => _publication?.Lacks() ?? [];

    public void Dispose()
    {
        _notifier?.Dispose();
        _publication?.Dispose();
        _publication = null;
        host.Dispose();
        _vnc?.Dispose();
    }

    // A host that does not start is not stopped either: what has been made must not stay.
    private Task Guarded(Action start)
    {
        try
        {
            start();
            return Task.CompletedTask;
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    // All at once: the deadline is the program's, not each device's.
    private Task DrainAsync(CancellationToken cancel)
    {
        IReadOnlyList<MdevHost.Served> instances = host.Instances;
        int inUse = instances.Count(instance => instance.Server.HasClient);
        if (inUse > 0)
            HostLog.Draining(host.Logger, inUse, _options.RemoveDeadline.TotalSeconds);
        return Task.WhenAll(instances.Select(instance => RequestAsync(instance.Uuid, cancel)));
    }

    private async Task RequestAsync(Guid uuid, CancellationToken cancel)
    {
        try
        {
            await host.Bus.RemoveAsync(uuid, RemoveMode.Request, _options.RemoveDeadline, cancel).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            HostLog.TurnedAway(host.Logger, uuid, "The program's shutdown deadline is over.");
        }
        catch (MdevException e) when (e.Error == Errno.EBUSY)
        {
            HostLog.TurnedAway(host.Logger, uuid, e.Message);
        }
        catch (MdevException)
        {
            // Somebody else is removing it, or has.
        }
    }

    private async Task EndAsync()
    {
        foreach (MdevHost.Served instance in host.Instances)
            instance.Server.Disconnect();

        // On threads of their own: one that does not end must not keep the others.
        Task ended = Task.WhenAll(host.Instances.Select(instance => Task.Run(() => Force(instance.Uuid))));
        try
        {
            await ended.WaitAsync(s_patience).ConfigureAwait(false);
            await Task.WhenAll(host.Bus.Parents.Select(parent => Task.Run(() => UnregisterAsync(parent))))
                .WaitAsync(s_patience).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            IReadOnlyList<MdevHost.Served> left = host.Instances;
            if (left.Count > 0)
                HostLog.LeftBehind(host.Logger, left.Count, left[0].Uuid, s_patience.TotalSeconds);
        }
    }

    private void Force(Guid uuid)
    {
        try
        {
            host.Bus.Remove(uuid);
        }
        catch (MdevException)
        {
            // Somebody else is removing it, or has.
        }
    }

    private async Task UnregisterAsync(MdevParent parent)
    {
        try
        {
            await host.Bus.UnregisterAsync(parent, RemoveMode.Force).ConfigureAwait(false);
        }
        catch (MdevException)
        {
            // Somebody else has.
        }
    }
}
