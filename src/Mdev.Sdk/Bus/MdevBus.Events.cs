namespace Mdev.Sdk;

/// <summary>What happens is told in the order in which it happened, whoever's thread it happened on. Source: the kernel's uevents.</summary>
public sealed partial class MdevBus
{
    private readonly Queue<MdevBusEvent> _notes = [];
    private bool _telling;

    /// <summary>
    /// What happens, one event after the other in its order, outside of all locks. A listener that takes long delays the other events and
    /// whoever caused them, and one that throws is logged.
    /// </summary>
    public event Action<MdevBusEvent>? Changed;

    internal void AttributesChanged(MdevInstance instance)
    {
        lock (_gate)
        {
            // Those it is created with are part of its coming.
            if (_entries.TryGetValue(instance.Uuid, out Entry? entry) && entry.State != State.Creating)
                Note(MdevBusEventKind.AttributesChanged, instance.Type.Parent, instance);
        }
        TellNotes();
    }

    // Under the lock, which is what orders them.
    private void Note(MdevBusEventKind kind, MdevParent parent, MdevInstance? instance)
    {
        if (Changed is not null)
            _notes.Enqueue(new MdevBusEvent(kind, parent, instance));
    }

    // One thread at a time; what others note meanwhile it tells too.
    private void TellNotes()
    {
        while (true)
        {
            MdevBusEvent? note;
            lock (_gate)
            {
                if (_telling || !_notes.TryDequeue(out note))
                    return;
                _telling = true;
            }

            foreach (Action<MdevBusEvent> listener in Changed?.GetInvocationList() ?? [])
            {
                try
                {
                    listener(note);
                }
                catch (Exception e)
                {
                    BusLog.ListenerThrew(_logger, e, note.Kind);
                }
            }

            lock (_gate)
                _telling = false;
        }
    }
}
