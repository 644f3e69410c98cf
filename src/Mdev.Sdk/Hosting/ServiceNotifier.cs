namespace Mdev.Sdk.Hosting;

/// <summary>
/// Tells systemd that the host is ready, how many it serves, and that it is alive. A host that systemd has not started tells
/// nobody, and costs nothing.
/// </summary>
/// <remarks>
/// A sign of life means: the thread pool runs, on which clients are accepted and commands are executed; and no device's code has
/// kept its client for as long as the watchdog waits. What takes half as long may be the client's fault, who does not take an
/// interrupt or answer for its memory; so the client is turned away first.
/// </remarks>
internal sealed class ServiceNotifier : IDisposable
{
    private static readonly TimeSpan s_second = TimeSpan.FromSeconds(1);

    private readonly MdevHost _host;
    private readonly TimeSpan? _watchdog;
    private readonly Lock _gate = new();
    private Timer? _timer;
    private string _status = "";
    private bool _isStuck;

    /// <summary>Not before the environment's word on the watchdog may be taken: it is taken once.</summary>
    public ServiceNotifier(MdevHost host) => (_host, _watchdog) = (host, Systemd.TakeWatchdog());

    /// <summary>The host is ready.</summary>
    /// <param name="tellNumbers">Whether how many it serves is news.</param>
    public void Ready(bool tellNumbers)
    {
        if (!Systemd.IsListening)
            return;
        _status = Status();
        Systemd.Notify(tellNumbers ? $"READY=1\nSTATUS={_status}" : "READY=1");
        TimeSpan period = _watchdog is { } time && time / 2 < s_second ? time / 2 : s_second;
        _timer = new Timer(_ => Tick(), null, period, period);
    }

    /// <summary>The host is about to end.</summary>
    public void Stopping()
    {
        EndTimer();
        Systemd.Notify("STOPPING=1");
    }

    public void Dispose() => EndTimer();

    private void EndTimer()
    {
        lock (_gate)
        {
            _timer?.Dispose();
            _timer = null;
        }
    }

    private void Tick()
    {
        // What took longer than the period is not done twice at once; what is stopping says nothing any more.
        if (!_gate.TryEnter())
            return;
        try
        {
            if (_timer is null)
                return;
            string news = "";
            if (Status() is var status && status != _status)
                news = $"STATUS={_status = status}\n";
            if (_watchdog is { } patience && IsAlive(patience))
                news += "WATCHDOG=1\n";
            if (news.Length > 0)
                Systemd.Notify(news.TrimEnd());
        }
        finally
        {
            _gate.Exit();
        }
    }

    private bool IsAlive(TimeSpan patience)
    {
        bool alive = true;
        foreach (MdevHost.Served instance in _host.Instances)
            alive &= instance.Server.IsAccepting;
        foreach (StuckDevice stuck in _host.Watch.Look())
        {
            if (stuck.Since >= patience / 2)
                stuck.Instance.Server.Disconnect();
            alive &= stuck.Since < patience;
            if (stuck.Since >= patience && !_isStuck)
            {
                _isStuck = true;
                HostLog.Stuck(_host.Logger, stuck.Instance.Uuid, stuck.Since.TotalSeconds);
            }
        }
        return alive;
    }

    private string Status()
    {
        IReadOnlyList<MdevHost.Served> instances = _host.Instances;
        return $"{Count(_host.Bus.Parents.Count, "parent")}, {Count(instances.Count, "instance")}, "
            + Count(instances.Count(i => i.Server.HasClient), "client");
    }

    private static string Count(int number, string what) => number switch
    {
        0 => $"no {what}",
        1 => $"1 {what}",
        _ => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{number} {what}s"),
    };
}
