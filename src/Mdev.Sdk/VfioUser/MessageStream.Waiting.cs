using Mdev.Sdk.Interop;

namespace Mdev.Sdk.VfioUser;

/// <summary>How the stream waits for bytes: it polls for as long as that pays, and then sleeps in the kernel.</summary>
internal sealed partial class MessageStream
{
    private const int Forever = -1;

    // Receives into a body, or, if that is empty, behind what is in the buffer. Returns as UnixSocket.Receive does.
    private nint WaitAndReceive(scoped Span<byte> body, out bool truncated)
    {
        if (polling.Begin())
        {
            Span<byte> buffer = body.IsEmpty ? _in.Span[_end..] : body;
            if (UnixSocket.TryReceive(socket, buffer, _descriptors!, out nint received, out truncated)
                || Poll(buffer, out received, out truncated))
            {
                TakeEvents();
                return received;
            }
        }

        // May put a smaller buffer in the place of the one there was.
        WaitForEvents();
        nint bytes = UnixSocket.Receive(socket, body.IsEmpty ? _in.Span[_end..] : body, _descriptors!, out truncated);
        polling.Woke();
        return bytes;
    }

    // After one look at nothing. Yields between looks: on a busy machine it may be the client that waits for this very core.
    private bool Poll(scoped Span<byte> buffer, out nint received, out bool truncated)
    {
        nint before = CurrentCore.Preemptions;
        while (polling.GoesOn())
        {
            TakeEvents();
            CurrentCore.Yield();
            if (UnixSocket.TryReceive(socket, buffer, _descriptors!, out received, out truncated))
            {
                polling.Hit(CurrentCore.Preemptions != before);
                return true;
            }
        }
        polling.GiveUp(CurrentCore.Preemptions != before);
        (received, truncated) = (0, false);
        return false;
    }

    // Takes the events that have come before a message before the message, as a client that rings and then reads expects.
    private void TakeEvents()
    {
        if (!device.HasPolledEvents)
            return;
        Span<int> events = stackalloc int[device.MaxPolledEvents];
        Span<bool> ready = stackalloc bool[events.Length];
        int count = device.PolledDescriptors(events);
        UnixSocket.WaitForAny(events[..count], ready, longest: 0);
        if (ready[..count].Contains(true))
            device.PolledSignalled(ready[..count]);
    }

    // Sleeps until the socket has something, where there is more to do meanwhile than to wait for it. A client that unmasks levels by
    // eventfds (KVM's resampling), or rings doorbells so, signals them while this thread waits for a message; and buffers shrink in the
    // long run.
    private void WaitForEvents()
    {
        if (MayShrink && _smallInRow > MostSmall)
            Shrink();
        int longest = MayShrink ? IdleMilliseconds : Forever;
        if (longest == Forever && !device.HasPolledEvents)
            return;
        Span<int> waited = stackalloc int[1 + device.MaxPolledEvents];
        Span<bool> ready = stackalloc bool[waited.Length];
        while (device.PolledDescriptors(waited[1..]) is var count && (count > 0 || longest != Forever))
        {
            waited[0] = socket;
            bool inTime = UnixSocket.WaitForAny(waited[..(1 + count)], ready, longest);
            if (ready[1..(1 + count)].Contains(true))
                device.PolledSignalled(ready[1..(1 + count)]);
            if (ready[0])
                return;
            if (!inTime)
            {
                Shrink();
                longest = Forever;
            }
        }
    }
}
