using Mdev.Sdk.Device;
using Mdev.Sdk.Interop;
using Microsoft.Win32.SafeHandles;

namespace Mdev.Sdk.Terminals;

/// <summary>
/// The host's end of a serial line: bytes a person types come in, bytes a guest sends go out. What nobody reads is lost, as
/// on a cable that leads nowhere; what the device has no room for waits.
/// </summary>
public sealed unsafe partial class Terminal : IDisposable
{
    private readonly SafeFileHandle _input;
    private readonly SafeFileHandle _output;
    private readonly IDisposable? _kept;
    private readonly Lock _gate = new();
    private readonly SemaphoreSlim _room = new(0, 1);
    private volatile bool _closed;

    internal Terminal(string name, SafeFileHandle input, SafeFileHandle output, IDisposable? kept)
    {
        (Name, _input, _output, _kept) = (name, input, output, kept);

        // A register handler writes here and must not wait for a reader.
        int flags = Libc.fcntl((int)output.DangerousGetHandle(), Libc.F_GETFL, 0);
        _ = Libc.fcntl((int)output.DangerousGetHandle(), Libc.F_SETFL, flags | Libc.O_NONBLOCK);
    }

    /// <summary>What a person attaches to: <c>/dev/pts/3</c>.</summary>
    public string Name { get; }

    /// <summary>A new pseudo terminal in raw mode, for <c>screen</c> and the like.</summary>
    /// <exception cref="IOException">The system has none left.</exception>
    public static Terminal OpenPseudoTerminal() => PseudoTerminal.Open();

    /// <summary>
    /// The terminal this process runs in, without echo and line editing until the terminal is disposed; Ctrl-C still
    /// interrupts.
    /// </summary>
    public static Terminal OpenConsole() => ConsoleTerminal.Open();

    /// <summary>Whoever listens on a unix stream socket. When they go the line is dead.</summary>
    /// <param name="path">The socket, at most 107 bytes.</param>
    /// <exception cref="IOException">Nobody listens there.</exception>
    public static Terminal OpenSocket(string path) => SocketTerminal.Open(path);

    /// <summary>Starts to deliver what comes in, on a thread of its own.</summary>
    /// <param name="device">Whose lock is held while <paramref name="deliver"/> runs.</param>
    /// <param name="deliver">
    /// Takes one byte; <see langword="false"/> if there is no room, and then it is called again after
    /// <see cref="NotifyRoom"/>. One that throws is logged and counted, and its byte is lost.
    /// </param>
    public void Connect(VfioDevice device, Func<byte, bool> deliver)
    {
        ArgumentNullException.ThrowIfNull(device);
        ArgumentNullException.ThrowIfNull(deliver);

        // The descriptor stays open until the thread is done with it: another file must not get its number meanwhile.
        bool held = false;
        _input.DangerousAddRef(ref held);
        new Thread(() => Pump(device, deliver), maxStackSize: 256 * 1024) { IsBackground = true, Name = "mdev/terminal" }
            .UnsafeStart();
    }

    /// <summary>The device has room again.</summary>
    public void NotifyRoom()
    {
        if (_room.CurrentCount == 0)
            Release(_room);
    }

    /// <summary>Sends one byte, or loses it if nobody has read the last ones. Never waits.</summary>
    public void Write(byte value)
    {
        lock (_gate)
        {
            if (!_closed)
                _ = Libc.write((int)_output.DangerousGetHandle(), &value, 1);
        }
    }

    /// <summary>Ends the connection and gives the terminal back as it was.</summary>
    public void Dispose()
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
