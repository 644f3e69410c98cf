using Mdev.Sdk.Bridge.Files;
using Mdev.Sdk.Device;
using Mdev.Sdk.Interop;
using Microsoft.Win32.SafeHandles;

namespace Mdev.Sdk.Bridge.Devices;

/// <summary>
/// Has eventfds of a user on the host unmask levels, one an interrupt index, by a thread of its own. Source: linux/vfio.h,
/// VFIO_IRQ_SET_ACTION_UNMASK with VFIO_IRQ_SET_DATA_EVENTFD.
/// </summary>
internal sealed unsafe class UnmaskWatch : IDisposable
{
    private readonly VfioDevice _device;
    private readonly CallGuard _guard;
    private readonly EventPoll _poll;
    private readonly SafeFileHandle _stop;
    private readonly Dictionary<uint, SafeFileHandle> _watched = [];

    private UnmaskWatch(VfioDevice device, CallGuard guard, EventPoll poll, SafeFileHandle stop)
    {
        (_device, _guard, _poll, _stop) = (device, guard, poll, stop);
        new Thread(Run) { IsBackground = true, Name = "unmask " + device.Uuid }.Start();
    }

    /// <summary>One that watches nothing yet.</summary>
    /// <returns><see langword="null"/> if this process may open no more.</returns>
    public static UnmaskWatch? TryStart(VfioDevice device, CallGuard guard)
    {
        var poll = EventPoll.Make();
        var stop = new SafeFileHandle(Libc.eventfd(0, Libc.EFD_CLOEXEC | Libc.EFD_NONBLOCK), ownsHandle: true);
        if (!stop.IsInvalid && poll.TryAdd(stop, once: false))
            return new UnmaskWatch(device, guard, poll, stop);
        stop.Dispose();
        poll.Dispose();
        return null;
    }

    /// <summary>Watches an eventfd, in place of the index's last one.</summary>
    /// <param name="index">Interrupt index.</param>
    /// <param name="eventFd">What the device has taken for it, under a number of the watch's own; taken over. None: nothing any more.</param>
    /// <returns>Whether the system has room for it.</returns>
    public bool TryWatch(uint index, SafeFileHandle? eventFd)
    {
        if (_watched.Remove(index, out SafeFileHandle? last))
        {
            _poll.Remove(last);
            last.Dispose();
        }
        if (eventFd is null)
            return true;

        // Told once, for one that the device has meanwhile dropped is read by nobody. Signals of before are told too.
        if (!_poll.TryAdd(eventFd, once: true))
        {
            eventFd.Dispose();
            return false;
        }
        _watched.Add(index, eventFd);
        return true;
    }

    /// <summary>Watches no more. Waits for nobody: what the thread is at may need a lock that the caller has.</summary>
    public void Dispose()
    {
        ulong one = 1;
        _ = Libc.write((int)_stop.DangerousGetHandle(), &one, sizeof(ulong));
    }

    private void Run()
    {
        Span<int> ready = stackalloc int[8];
        int stop = (int)_stop.DangerousGetHandle();
        while (!ready[.._poll.Wait(ready)].Contains(stop))
        {
            if (!_guard.TryEnter(out CallGuard? outer))
                continue;
            try
            {
                _device.UnmaskSignalled();
            }
            finally
            {
                _guard.Leave(outer);
            }
        }

        foreach (SafeFileHandle eventFd in _watched.Values)
            eventFd.Dispose();
        _stop.Dispose();
        _poll.Dispose();
    }
}
