namespace Mdev.Sdk.Device;

/// <summary>
/// Who has the interrupts: as a VFIO device is opened by one user, so is this. A vfio-user client comes before all others, because
/// a guest that finds no interrupts does not start; regions are everybody's.
/// </summary>
public abstract partial class VfioDevice
{
    private bool _hasClient;
    private IInterruptUser? _interruptUser;

    /// <summary>Whether a vfio-user client uses the device.</summary>
    internal bool HasClient
    {
        get
        {
            lock (Gate)
                return _hasClient;
        }
    }

    /// <summary>Has somebody on the host have the interrupts, until <see cref="LeaveInterrupts"/>.</summary>
    /// <returns>Whether nobody else has them.</returns>
    internal bool TryTakeInterrupts(IInterruptUser user)
    {
        lock (Gate)
        {
            if (_hasClient || (_interruptUser is { } other && other != user))
                return false;
            _interruptUser = user;
            return true;
        }
    }

    /// <summary>Drops what a user on the host has connected; nothing if it has lost it already.</summary>
    internal void LeaveInterrupts(IInterruptUser user)
    {
        lock (Gate)
        {
            if (_interruptUser != user)
                return;
            _interruptUser = null;
            Interrupts.DisableAll();
        }
    }

    /// <summary>SET_IRQS by a user on the host.</summary>
    /// <returns>EBUSY: it has not got the interrupts, or has lost them.</returns>
    internal Errno SetIrqs(IInterruptUser user, uint index, in Interrupts.IrqSet set)
    {
        lock (Gate)
            return _interruptUser == user ? Interrupts.Set(index, set) : Errno.EBUSY;
    }

    /// <summary>A reset by a user on the host.</summary>
    /// <returns>EBUSY: a vfio-user client uses the device, whose driver would not expect it.</returns>
    internal Errno ResetByHost()
    {
        if (HasClient)
            return Errno.EBUSY;
        ResetByClient();
        return Errno.None;
    }

    private void GiveInterruptsToClient()
    {
        lock (Gate)
        {
            _hasClient = true;
            if (_interruptUser is not { } user)
                return;
            _interruptUser = null;
            Interrupts.DisableAll();
            user.Lost();
        }
    }
}
