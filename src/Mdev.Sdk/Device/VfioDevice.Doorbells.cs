using Mdev.Sdk.Interrupts;

namespace Mdev.Sdk.Device;

/// <summary>
/// Doorbells that ring by eventfds: KVM signals one where a guest writes, and no message is sent. Whoever serves the device polls them
/// beside those that unmask levels.
/// </summary>
public abstract partial class VfioDevice
{
    // As many as one message carries: whoever polls looks at all of them.
    private const int MostDoorbellEvents = 253;

    private readonly List<DoorbellPlace> _doorbells = [];

    // Made when the client first asks, and gone with it: what it keeps rings nothing any more.
    private readonly List<DoorbellEvent> _rings = [];

    /// <summary>Whether there is any eventfd that whoever serves the device polls.</summary>
    internal bool HasPolledEvents => HasUnmaskEvents || HasRings;

    /// <summary>No fewer than there are eventfds to be polled.</summary>
    internal int MaxPolledEvents => Interrupts.Count + _rings.Count;

    // A stopped device hears them when it goes on.
    private bool HasRings => _rings.Count > 0 && !_stopped;

    internal void Own(DoorbellPlace place) => _doorbells.Add(place);

    /// <summary>The eventfds to be polled.</summary>
    /// <param name="descriptors">Receives them; room for <see cref="MaxPolledEvents"/>.</param>
    /// <returns>How many.</returns>
    internal int PolledDescriptors(Span<int> descriptors)
    {
        int count = UnmaskDescriptors(descriptors);
        if (!HasRings)
            return count;
        foreach (DoorbellEvent ring in _rings)
            descriptors[count++] = ring.Event.Descriptor;
        return count;
    }

    /// <summary>Some of the polled eventfds were signalled.</summary>
    /// <param name="ready">Which, in the order of <see cref="PolledDescriptors"/>.</param>
    internal void PolledSignalled(ReadOnlySpan<bool> ready)
    {
        // A device that goes on meanwhile has more of them than were polled: the next look finds those.
        int levels = ready.Length - (HasRings ? _rings.Count : 0);
        if (levels < 0)
            return;
        if (ready[..levels].Contains(true))
            UnmaskSignalled();
        if (ready[levels..].Contains(true))
            Ring(ready[levels..]);
    }

    /// <summary>The eventfds of a region's doorbells, the first ones of them if they are too many: the others ring by accesses.</summary>
    /// <param name="region">VFIO region index.</param>
    /// <param name="most">How many at most.</param>
    internal IReadOnlyList<DoorbellEvent> DoorbellEvents(uint region, int most)
    {
        lock (Gate)
        {
            List<DoorbellEvent> events = _rings.FindAll(ring => ring.Place.Region == region);
            foreach (DoorbellPlace place in _doorbells.Where(place => place.Region == region))
            {
                for (int index = events.Count(ring => ring.Place == place); index < place.Doorbells.Count; index++)
                {
                    if (events.Count >= most || _rings.Count == MostDoorbellEvents || EventFd.TryMake() is not { } made)
                        return events;
                    events.Add(new DoorbellEvent(place, index, made));
                    _rings.Add(events[^1]);
                }
            }
            return events;
        }
    }

    // Those that have been signalled, without waiting.
    private void TakeRings()
    {
        if (_rings.Count > 0 && !_stopped)
            Ring([]);
    }

    private void Ring(ReadOnlySpan<bool> ready)
    {
        lock (Gate)
        {
            Deferred.Begin();
            try
            {
                for (int i = 0; i < _rings.Count; i++)
                {
                    if ((ready.IsEmpty || ready[i]) && _rings[i].Event.Drain())
                        _rings[i].Place.Doorbells.Ring(this, _rings[i].Index);
                }
            }
            finally
            {
                Deferred.End();
            }
        }

        if (_reset is { } reset)
            AwaitReset(reset);
    }

    // What rang before a reset is void.
    private void ForgetRings()
    {
        foreach (DoorbellEvent ring in _rings)
            ring.Event.Drain();
    }

    private void DropDoorbellEvents()
    {
        foreach (DoorbellEvent ring in _rings)
            ring.Event.Dispose();
        _rings.Clear();
    }
}
