using Mdev.Sdk.Device;
using Mdev.Sdk.Interop;
using Microsoft.Win32.SafeHandles;

namespace Mdev.Sdk.Terminals;

/// <summary>A far end that is a descriptor, or two: a thread reads, and another waits for room to write.</summary>
internal sealed unsafe partial class DescriptorTerminal : Terminal
{
    private readonly SafeFileHandle _input;
    private readonly SafeFileHandle _output;
    private readonly IDisposable? _kept;
    private readonly Lock _gate = new();
    private readonly SemaphoreSlim _room = new(0, 1);
    private volatile bool _closed;

    public DescriptorTerminal(string name, SafeFileHandle input, SafeFileHandle output, IDisposable? kept)
        : base(name)
    {
        (_input, _output, _kept) = (input, output, kept);

        // A register handler writes here and must not wait for a reader.
        int flags = Libc.fcntl((int)output.DangerousGetHandle(), Libc.F_GETFL, 0);
        _ = Libc.fcntl((int)output.DangerousGetHandle(), Libc.F_SETFL, flags | Libc.O_NONBLOCK);
    }

    public override void Connect(VfioDevice device, Func<byte, bool> deliver)
    {
        ArgumentNullException.ThrowIfNull(device);
        ArgumentNullException.ThrowIfNull(deliver);

        // The descriptor stays open until the thread is done with it: another file must not get its number meanwhile.
        bool held = false;
        _input.DangerousAddRef(ref held);
        new Thread(() => Pump(device, deliver), maxStackSize: 256 * 1024) { IsBackground = true, Name = "mdev/terminal" }
            .UnsafeStart();
    }

    public override void NotifyRoom()
    {
        if (_room.CurrentCount == 0)
            Release(_room);
    }

    public override void Write(byte value)
    {
        lock (_gate)
        {
            if (!_closed)
                _ = Libc.write((int)_output.DangerousGetHandle(), &value, 1);
        }
    }

    private protected override void End()
    {
        lock (_gate)
        {
            if (_closed)
                return;
            _closed = true;
        }
        Release(_room);
        Release(_full);
        _kept?.Dispose();
        _output.Dispose();
        _input.Dispose();
    }

    private void Pump(VfioDevice device, Func<byte, bool> deliver)
    {
        try
        {
            Span<byte> bytes = stackalloc byte[64];
            while (TryRead(bytes) is >= 0 and int count)
            {
                foreach (byte value in bytes[..count])
                {
                    while (!device.Deliver(value, deliver, out bool stopped))
                    {
                        // A device that is stopped is not for long, and says nothing when it goes on.
                        const int Moment = 20;
                        if (stopped)
                            Thread.Sleep(Moment);
                        else
                            _room.Wait();
                        if (_closed)
                            return;
                    }
                }
            }
        }
        finally
        {
            _input.DangerousRelease();
        }
    }

    // Number of bytes; 0 if there was nothing yet; negative at the end.
    private int TryRead(Span<byte> bytes)
    {
        // With a time-out, so that closing is noticed on a terminal where nothing is ever typed.
        const int Second = 1000;
        Libc.pollfd descriptor = new() { fd = (int)_input.DangerousGetHandle(), events = Libc.POLLIN };
        int ready = Libc.poll(&descriptor, 1, Second);
        if (_closed)
            return -1;
        if (ready <= 0)
            return 0;

        fixed (byte* buffer = bytes)
        {
            nint count = Libc.read(descriptor.fd, buffer, (nuint)bytes.Length);
            if (count > 0)
                return (int)count;
            return count < 0 && Libc.LastError is Errno.EINTR or Errno.EAGAIN ? 0 : -1;
        }
    }

    private static void Release(SemaphoreSlim signal)
    {
        try
        {
            signal.Release();
        }
        catch (SemaphoreFullException)
        {
            // Somebody else was faster, and it is known.
        }
    }
}
