namespace Mdev.Sdk;

/// <summary>What happens is told in the order in which it happened, whoever's thread it happened on. Source: the kernel's uevents.</summary>
public sealed partial class MdevBus
{
    private readonly Queue<MdevBusEvent> _notes = [];
    private bool _telling;

    /// <summary>
    /// What happens, one event after the other in its order, outside of all locks, on the thread of one of those who caused it: where
    /// several do at once, one tells for all. A listener that takes long delays the other events and whoever caused them; one that uses
    /// the bus is told of that when it has returned; one that throws is logged, and disturbs nobody.
    /// </summary>
    public event Action<MdevBusEvent>? Changed;

    internal void AttributesChanged(MdevInstance instance)
    {
        lock (_gate)
        {
            // Those it is created with are part of its coming, and after its going nothing comes.
            if (_entries.TryGetValue(instance.Uuid, out InstanceEntry? entry)
                && entry.Instance == instance && entry.State is InstanceState.Active or InstanceState.Waiting)
            {
                Note(MdevBusEventKind.AttributesChanged, instance.Type.Parent, instance);
            }
        }
        TellNotes();
    }

    internal void AttributesChanged(MdevParent parent)
    {
        lock (_gate)
        {
            if (parent.Bus == this)
                Note(MdevBusEventKind.AttributesChanged, parent, null);
        }
        TellNotes();
    }

    internal void AttributeThrew(Exception exception, string owner, string attribute) =>
        BusLog.AttributeThrew(_logger, exception, owner, attribute);

    internal void CountThrew(Exception exception, MdevType type) => BusLog.CountThrew(_logger, exception, type.Id);

    // Under the lock, which is what orders them.
    private void Note(MdevBusEventKind kind, MdevParent parent, MdevInstance? instance)
    {
        if (Changed is not null)
            _notes.Enqueue(new MdevBusEvent(kind, parent, instance));
    }

    // One thread at a time; what others note meanwhile it tells too.
    private void TellNotes()
    {
        // Looked at without the lock: what this thread has noted it sees, unless another has told it.
        while (_notes.Count > 0)
        {
            MdevBusEvent? note;
            lock (_gate)
            {
                if (_telling || !_notes.TryDequeue(out note))
                    return;
                _telling = true;
            }

            foreach (Action<MdevBusEvent> listener in Delegate.EnumerateInvocationList(Changed))
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
