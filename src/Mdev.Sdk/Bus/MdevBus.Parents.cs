namespace Mdev.Sdk;

/// <summary>Parents come. Source: drivers/vfio/mdev/mdev_core.c, mdev_register_parent.</summary>
public sealed partial class MdevBus
{
    /// <summary>Offers a parent's types. <see cref="MdevBusEventKind.ParentRegistered"/> follows once, when they can be used.</summary>
    /// <exception cref="MdevException">
    /// EEXIST: a parent of this name is registered, or this one is. EINVAL: what it declares makes no sense; the sentence says what.
    /// </exception>
    public void Register(MdevParent parent)
    {
        ArgumentNullException.ThrowIfNull(parent);

        // Before the lock: a vendor's overrides may be slow.
        ParentRules.Check(parent);
        var ledger = new ParentLedger(parent, this);
        lock (_gate)
        {
            if (_parents.Exists(p => p.Ledger!.Name == ledger.Name) || !parent.TryJoin(ledger))
                throw new MdevException(Errno.EEXIST, $"A parent named {ledger.Name} is registered already.");
            _parents.Add(parent);
            Note(MdevBusEventKind.ParentRegistered, parent, null);
        }
        TellNotes();
    }
}
