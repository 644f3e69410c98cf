using Mdev.Sdk.Interop;

namespace Mdev.Sdk.VfioUser;

/// <summary>How the stream waits for bytes: it polls for as long as that pays, and then sleeps in the kernel.</summary>
internal sealed partial class MessageStream
{
    // Returns as UnixSocket.Receive does.
    private nint WaitAndReceive(Span<byte> buffer, out bool truncated)
    {
        if (polling.Begin() && !HasEvent())
        {
            if (UnixSocket.TryReceive(socket, buffer, _descriptors!, out nint received, out truncated)
                || Poll(buffer, out received, out truncated))
                return received;
        }
        WaitWhileUnmasking();
        nint bytes = UnixSocket.Receive(socket, buffer, _descriptors!, out truncated);
        polling.Woke();
        return bytes;
    }

    // After one look at nothing. Yields between looks: on a busy machine it may be the client that waits for this very core.
    private bool Poll(Span<byte> buffer, out nint received, out bool truncated)
    {
        nint before = CurrentCore.Preemptions;
        while (polling.GoesOn() && !HasEvent())
        {
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

    // Whether the wait that follows will end at once for an event of the client's.
    private bool HasEvent()
    {
        if (!device.HasPolledEvents)
            return false;
        Span<int> events = stackalloc int[device.MaxPolledEvents];
        int count = device.PolledDescriptors(events);
        return UnixSocket.IsAnyReady(events[..count]);
    }
}
