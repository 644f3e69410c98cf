using Mdev.Sdk.Device;
using Mdev.Sdk.Interrupts;
using Microsoft.Win32.SafeHandles;

namespace Mdev.Sdk.Bridge.Devices;

/// <summary>The interrupts of a device that files of its folder have, all together as one user. Thread-safe.</summary>
internal sealed class FolderInterrupts(VfioDevice device) : IInterruptUser
{
    private readonly Lock _gate = new();
    private readonly List<OpenInterrupt> _open = [];
    private int _isLost;

    /// <summary>Arms an interrupt.</summary>
    /// <param name="interrupt">Whose.</param>
    /// <param name="eventFd">What the device signals; taken over.</param>
    /// <returns>EBUSY: a file, a client or another of the pin and the messages has it.</returns>
    public Errno Arm(OpenInterrupt interrupt, SafeFileHandle eventFd)
    {
        lock (_gate)
        {
            bool areOurs = device.TryTakeInterrupts(this);
            LoseIfLost();
            if (!areOurs || _open.Exists(other => other.Index == interrupt.Index && other.Vector == interrupt.Vector))
            {
                eventFd.Dispose();
                return Errno.EBUSY;
            }
            SafeFileHandle?[] eventFds = [eventFd];
            Errno error = Set(interrupt, IrqSetFlags.ActionTrigger | IrqSetFlags.DataEventFd, eventFds);
            eventFds[0]?.Dispose();
            if (error == Errno.None)
                _open.Add(interrupt);
            else if (_open.Count == 0)
                device.LeaveInterrupts(this);

            // An index that excludes another one is refused as an invalid argument.
            return error == Errno.EINVAL ? Errno.EBUSY : error;
        }
    }

    /// <summary>Masks, unmasks or triggers an interrupt that is armed.</summary>
    public Errno Do(OpenInterrupt interrupt, IrqSetFlags action) => Set(interrupt, action | IrqSetFlags.DataNone, []);

    /// <summary>Disarms an interrupt; nothing if it is not armed.</summary>
    public void Disarm(OpenInterrupt interrupt)
    {
        lock (_gate)
        {
            LoseIfLost();
            if (!_open.Remove(interrupt))
                return;
            if (_open.Count == 0)
                device.LeaveInterrupts(this);
            else
                Set(interrupt, IrqSetFlags.ActionTrigger | IrqSetFlags.DataEventFd, []);
        }
    }

    void IInterruptUser.Lost()
    {
        // Off the device's lock: who arms or disarms has ours, and waits for the device's.
        Volatile.Write(ref _isLost, 1);
        ThreadPool.UnsafeQueueUserWorkItem(
            static self =>
            {
                lock (self._gate)
                    self.LoseIfLost();
            },
            this, preferLocal: false);
    }

    private Errno Set(OpenInterrupt interrupt, IrqSetFlags flags, Span<SafeFileHandle?> eventFds) =>
        device.SetIrqs(this, interrupt.Index, new IrqSet { Flags = flags, Start = interrupt.Vector, Count = 1, EventFds = eventFds });

    // Those that were armed when a client came, and not one that was armed after it had gone.
    private void LoseIfLost()
    {
        if (Interlocked.Exchange(ref _isLost, 0) == 0)
            return;
        foreach (OpenInterrupt interrupt in _open)
            interrupt.Lose();
        _open.Clear();
    }
}
