namespace Mdev.Sdk.Hosting;

/// <summary>
/// Notices devices whose code does not return, by looking now and then at what they are at: that costs them nothing.
/// Thread-safe.
/// </summary>
internal sealed class DeviceWatch(MdevHost host, TimeProvider clock)
{
    private readonly Lock _gate = new();
    private Dictionary<Guid, Seen> _seen = [];

    /// <summary>Looks at all devices.</summary>
    /// <returns>Those that are where they were when somebody looked before.</returns>
    public IReadOnlyList<StuckDevice> Look()
    {
        var stuck = new List<StuckDevice>();
        var seen = new Dictionary<Guid, Seen>();
        lock (_gate)
        {
            foreach (MdevHost.Served instance in host.Instances)
            {
                if (instance.Server.AtWorkOn is not { } work)
                    continue;
                Seen now = new(work.Session, work.Piece, clock.GetTimestamp());
                if (_seen.TryGetValue(instance.Uuid, out Seen before) && before.Session == now.Session && before.Piece == now.Piece)
                {
                    stuck.Add(new(instance, clock.GetElapsedTime(before.Since, now.Since)));
                    now = before;
                }
                seen.Add(instance.Uuid, now);
            }
            _seen = seen;
        }
        return stuck;
    }

    private readonly record struct Seen(object Session, ulong Piece, long Since);
}
