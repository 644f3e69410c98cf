using System.IO.Pipes;
using System.Net.Sockets;
using Mdev.Sdk.Interop;
using Mdev.Sdk.Testing;
using Microsoft.Win32.SafeHandles;

namespace Mdev.Sdk.Wire.Tests.Support;

/// <summary>Descriptors of every kind that a client might pass, each by a letter, as in a recorded conversation.</summary>
internal sealed class OddDescriptors : IDisposable
{
    private const int PathOnly = 0x200000;

    private readonly List<IDisposable> _owned = [];
    private readonly EventFd _eventFd = new();
    private readonly Dictionary<char, int> _descriptors = [];

    public OddDescriptors()
    {
        // A file without pages costs nothing, and the guest of lab/boot has as much memory.
        Add('m', Own(new SharedMemory(512L << 20)).Descriptor);
        Add('z', Own(new SharedMemory(0)).Descriptor);
        Add('h', Own(new SharedMemory(long.MaxValue)).Descriptor);
        Add('e', _eventFd.Descriptor);

        // Its counter is full, so who writes to it would wait.
        EventFd full = Own(new EventFd());
        full.Signal(ulong.MaxValue - 1);
        Add('f', full.Descriptor);

        var pipe = Own(new AnonymousPipeServerStream(PipeDirection.Out));
        Add('p', (int)pipe.SafePipeHandle.DangerousGetHandle());
        Add('q', (int)pipe.ClientSafePipeHandle.DangerousGetHandle());
        Add('s', (int)Own(new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified)).Handle);
        Add('d', Open("/", Libc.O_CLOEXEC));
        Add('r', Open("/proc/self/exe", Libc.O_CLOEXEC));
        Add('n', Open("/dev/null", Libc.O_RDWR | Libc.O_CLOEXEC));
        Add('o', Open("/proc/self/exe", PathOnly | Libc.O_CLOEXEC));
        Add('t', Open("/dev/tty", Libc.O_RDWR | Libc.O_NOCTTY | Libc.O_CLOEXEC));
    }

    /// <summary>All letters, sorted.</summary>
    public string Kinds => string.Concat(_descriptors.Keys.Order());

    /// <summary>The descriptors of some letters; a kind that this machine does not have is an eventfd.</summary>
    public int[] Of(string kinds) => [.. kinds.Select(kind => _descriptors.GetValueOrDefault(kind, _descriptors['e']))];

    /// <summary>Signals the eventfd, as one does that unmasks a level or rings a doorbell.</summary>
    public void Signal() => _eventFd.Signal();

    public void Dispose()
    {
        _eventFd.Dispose();
        foreach (IDisposable owned in _owned)
            owned.Dispose();
    }

    private T Own<T>(T owned)
        where T : IDisposable
    {
        _owned.Add(owned);
        return owned;
    }

    private void Add(char kind, int descriptor)
    {
        if (descriptor >= 0)
            _descriptors.Add(kind, descriptor);
    }

    private unsafe int Open(string path, int flags)
    {
        fixed (byte* name = System.Text.Encoding.UTF8.GetBytes(path + "\0"))
        {
            int descriptor = Libc.open(name, flags);
            if (descriptor >= 0)
                Own(new SafeFileHandle(descriptor, ownsHandle: true));
            return descriptor;
        }
    }
}
