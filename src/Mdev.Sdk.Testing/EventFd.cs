using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;
using Mdev.Sdk.Testing.Interop;
using Microsoft.Win32.SafeHandles;

namespace Mdev.Sdk.Testing;

/// <summary>An eventfd of a client: what a device signals, or what tells a device to unmask.</summary>
public sealed class EventFd : IDisposable
{
    /// <summary>Makes one whose counter is 0.</summary>
    /// <exception cref="Win32Exception">This process has no descriptors left.</exception>
    public EventFd()
    {
        int descriptor = TestLibc.eventfd(0, TestLibc.EFD_CLOEXEC | TestLibc.EFD_NONBLOCK);
        if (descriptor < 0)
            throw new Win32Exception(Marshal.GetLastPInvokeError());
        Handle = new SafeFileHandle(descriptor, ownsHandle: true);
    }

    /// <summary>Takes over one that a server has made.</summary>
    internal EventFd(SafeFileHandle handle) => Handle = handle;

    /// <summary>The descriptor; this object closes it.</summary>
    public SafeFileHandle Handle { get; }

    /// <summary>Its number, for <see cref="VfioUserConnection.Send"/>; valid as long as this object.</summary>
    public int Descriptor => (int)Handle.DangerousGetHandle();

    /// <summary>Takes all signals out of the counter, without waiting.</summary>
    /// <returns>How many there were; 0 if none.</returns>
    public unsafe ulong Take()
    {
        ulong count;
        return TestLibc.read(Descriptor, &count, sizeof(ulong)) == sizeof(ulong) ? count : 0;
    }

    /// <summary>Waits for a signal and leaves it in the counter.</summary>
    /// <param name="timeout">How long at most.</param>
    /// <returns><see langword="false"/> if none came in time.</returns>
    public unsafe bool Wait(TimeSpan timeout)
    {
        var descriptor = new TestLibc.PollFd { fd = Descriptor, events = TestLibc.POLLIN };
        long start = Stopwatch.GetTimestamp();
        while (true)
        {
            // poll returns early where a signal handler ran; only the clock ends the wait.
            TimeSpan left = timeout - Stopwatch.GetElapsedTime(start);
            int ready = TestLibc.poll(&descriptor, 1, Math.Max(0, (int)left.TotalMilliseconds));
            if (ready > 0)
                return true;
            if (left <= TimeSpan.Zero)
                return false;
        }
    }

    /// <summary>Adds to the counter.</summary>
    /// <param name="count">How much; a counter that would pass 2^64 - 2 keeps its value.</param>
    public unsafe void Signal(ulong count = 1) => _ = TestLibc.write(Descriptor, &count, sizeof(ulong));

    /// <summary>Another descriptor of the same counter, which outlives this one.</summary>
    /// <exception cref="Win32Exception">This process has no descriptors left.</exception>
    internal EventFd Duplicate()
    {
        int descriptor = TestLibc.fcntl(Descriptor, TestLibc.F_DUPFD_CLOEXEC, 0);
        if (descriptor < 0)
            throw new Win32Exception(Marshal.GetLastPInvokeError());
        return new EventFd(new SafeFileHandle(descriptor, ownsHandle: true));
    }

    /// <summary>Closes this end; a device that was given the descriptor keeps its own.</summary>
    public void Dispose() => Handle.Dispose();
}
