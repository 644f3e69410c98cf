using Mdev.Sdk.Device;
using Mdev.Sdk.Interrupts;
using Microsoft.Win32.SafeHandles;

namespace Mdev.Sdk.Bridge.Devices;

/// <summary>The interrupts of a device that files of its folder have, all together as one user. Thread-safe.</summary>
internal sealed class FolderInterrupts(VfioDevice device)
{
    private readonly Lock _gate = new();
    private readonly List<OpenInterrupt> _open = [];
    private User? _user;

    /// <summary>Arms an interrupt.</summary>
    /// <returns>EBUSY: a file, a client or another of the pin and the messages has it.</returns>
    public Errno Arm(OpenInterrupt interrupt, SafeFileHandle eventFd)
    {
        lock (_gate)
        {
            if (_user is { IsLost: true })
                LoseAll(_user);
            User user = _user ?? new User(this);
            if (_open.Exists(other => other.Index == interrupt.Index && other.Vector == interrupt.Vector) || !device.TryTakeInterrupts(user))
                return Errno.EBUSY;
            SafeFileHandle?[] eventFds = [eventFd];
            Errno error = device.SetIrqs(user, interrupt.Index, new IrqSet
            {
                Flags = IrqSetFlags.ActionTrigger | IrqSetFlags.DataEventFd, Start = interrupt.Vector, Count = 1, EventFds = eventFds,
            });
            eventFds[0]?.Dispose();
            if (error == Errno.None)
            {
                _user = user;
                _open.Add(interrupt);
            }
            else if (_open.Count == 0)
            {
                device.LeaveInterrupts(user);
            }

            // An index that excludes another one is refused as an invalid argument.
            return error == Errno.EINVAL ? Errno.EBUSY : error;
        }
    }

    /// <summary>Masks, unmasks or triggers an interrupt that is armed.</summary>
    /// <returns>EBUSY: it is not armed any more.</returns>
    public Errno Do(OpenInterrupt interrupt, IrqSetFlags action)
    {
        lock (_gate)
        {
            return _user is { } user && _open.Contains(interrupt)
                ? device.SetIrqs(user, interrupt.Index, new IrqSet { Flags = action | IrqSetFlags.DataNone, Start = interrupt.Vector, Count = 1 })
                : Errno.EBUSY;
        }
    }

    /// <summary>Disarms an interrupt; nothing if it is not armed.</summary>
    public void Disarm(OpenInterrupt interrupt)
    {
        lock (_gate)
        {
            if (!_open.Remove(interrupt) || _user is not { } user)
                return;
            if (_open.Count > 0)
            {
                device.SetIrqs(user, interrupt.Index, new IrqSet
                {
                    Flags = IrqSetFlags.ActionTrigger | IrqSetFlags.DataEventFd, Start = interrupt.Vector, Count = 1,
                });
                return;
            }
            _user = null;
            device.LeaveInterrupts(user);
        }
    }

    private void LoseAll(User user)
    {
        lock (_gate)
        {
            // Those that were opened since have them from another user.
            if (_user != user)
                return;
            foreach (OpenInterrupt interrupt in _open)
                interrupt.Lose();
            _open.Clear();
            _user = null;
        }
    }

    // One for each time that the interrupts are taken.
    private sealed class User(FolderInterrupts interrupts) : IInterruptUser
    {
        public bool IsLost { get; private set; }

        // Off the device's lock: who arms or disarms has the folder's, and waits for the device's.
        public void Lost()
        {
            IsLost = true;
            ThreadPool.UnsafeQueueUserWorkItem(static user => user.Lose(), this, preferLocal: false);
        }

        private void Lose() => interrupts.LoseAll(this);
    }
}
