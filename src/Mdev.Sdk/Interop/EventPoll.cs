using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Mdev.Sdk.Interop;

/// <summary>Waits for several descriptors at once. Source: epoll(7).</summary>
internal sealed unsafe class EventPoll : IDisposable
{
    private const int Most = 8;

    private readonly SafeFileHandle _poll;

    private EventPoll(SafeFileHandle poll) => _poll = poll;

    // struct epoll_event is packed on x86-64, and only there.
    private static int DataOffset { get; } = RuntimeInformation.ProcessArchitecture == Architecture.X64 ? 4 : 8;

    private static int EventSize => DataOffset + sizeof(ulong);

    /// <summary>One that waits for nothing yet; nothing can be added where the process may open no more.</summary>
    public static EventPoll Make() => new(new SafeFileHandle(Libc.epoll_create1(Libc.EPOLL_CLOEXEC), ownsHandle: true));

    /// <summary>Waits for a descriptor too, until it can be read.</summary>
    /// <param name="descriptor">The descriptor, of this process's own until it is removed.</param>
    /// <param name="once">Whether each time that it becomes readable is told once, read or not.</param>
    public bool TryAdd(SafeFileHandle descriptor, bool once) => Control(Libc.EPOLL_CTL_ADD, descriptor, once ? Libc.EPOLLIN | Libc.EPOLLET : Libc.EPOLLIN);

    /// <summary>Does not wait for a descriptor any more.</summary>
    public void Remove(SafeFileHandle descriptor) => Control(Libc.EPOLL_CTL_DEL, descriptor, 0);

    /// <summary>Waits, for ever if it has to.</summary>
    /// <param name="ready">Receives the descriptors that can be read.</param>
    /// <returns>How many.</returns>
    public int Wait(Span<int> ready)
    {
        byte* events = stackalloc byte[Most * 16];
        int count = Libc.epoll_wait((int)_poll.DangerousGetHandle(), events, Math.Min(Most, ready.Length), -1);
        for (int i = 0; i < count; i++)
            ready[i] = *(int*)(events + (i * EventSize) + DataOffset);
        return Math.Max(count, 0);
    }

    public void Dispose() => _poll.Dispose();

    private bool Control(int operation, SafeFileHandle descriptor, uint events)
    {
        byte* wanted = stackalloc byte[16];
        new Span<byte>(wanted, 16).Clear();
        *(uint*)wanted = events;
        *(int*)(wanted + DataOffset) = (int)descriptor.DangerousGetHandle();
        return !_poll.IsInvalid && Libc.epoll_ctl((int)_poll.DangerousGetHandle(), operation, (int)descriptor.DangerousGetHandle(), wanted) == 0;
    }
}
