using System.Buffers.Binary;
using System.Diagnostics;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using Mdev.Sdk.Interop;
using Mdev.Sdk.Testing.Interop;
using Microsoft.Win32.SafeHandles;

namespace Mdev.Sdk.Testing;

/// <summary>A connection to a vfio-user server that knows bytes, descriptors and where a message ends, and no more.</summary>
/// <remarks>Not thread-safe. Every wait ends at a deadline, so a test that meets a dead server fails instead of hanging.</remarks>
public sealed class VfioUserConnection : IDisposable
{
    // A reply that announces more than this is nonsense rather than long.
    private const int LongestMessage = 128 << 20;

    private readonly Socket _socket;
    private readonly int _descriptor;
    private readonly List<SafeFileHandle> _descriptors = [];
    private byte[] _buffer = new byte[64 << 10];
    private int _start;
    private int _end;

    /// <summary>Takes over a connected unix stream socket.</summary>
    /// <param name="socket">The socket.</param>
    /// <param name="timeout">How long a single wait may take; 10 seconds if not given.</param>
    public VfioUserConnection(Socket socket, TimeSpan? timeout = null)
    {
        ArgumentNullException.ThrowIfNull(socket);
        (_socket, _descriptor) = (socket, (int)socket.SafeHandle.DangerousGetHandle());
        Timeout = timeout ?? TimeSpan.FromSeconds(10);
        SetTimeout(Timeout);
    }

    /// <summary>How long a single wait may take.</summary>
    internal TimeSpan Timeout { get; }

    /// <summary>Connects to a server's socket.</summary>
    /// <param name="path">The socket; at most 107 bytes.</param>
    /// <param name="retryFor">How long to try again while nobody listens there; not at all if not given.</param>
    /// <param name="timeout">How long a single wait may take later on; 10 seconds if not given.</param>
    /// <exception cref="SocketException">Nobody listens there.</exception>
    public static VfioUserConnection Connect(string path, TimeSpan? retryFor = null, TimeSpan? timeout = null)
    {
        var endPoint = new UnixDomainSocketEndPoint(path);
        long start = Stopwatch.GetTimestamp();
        while (true)
        {
            var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            try
            {
                socket.Connect(endPoint);
                return new VfioUserConnection(socket, timeout);
            }
            catch (SocketException) when (Stopwatch.GetElapsedTime(start) < retryFor.GetValueOrDefault())
            {
                socket.Dispose();
                Thread.Sleep(5);
            }
            catch (SocketException)
            {
                socket.Dispose();
                throw;
            }
        }
    }

    /// <summary>Sends bytes, all of them, whatever they are.</summary>
    /// <param name="bytes">The bytes; one message, several, or a part of one.</param>
    /// <param name="descriptors">Go with the first byte and stay the caller's.</param>
    /// <exception cref="IOException">The server has closed the connection.</exception>
    /// <exception cref="TimeoutException">The server did not take the bytes in time.</exception>
    public void Send(ReadOnlySpan<byte> bytes, params ReadOnlySpan<int> descriptors)
    {
        if (!TrySend(bytes, descriptors))
            throw LastFailure("take bytes");
    }

    /// <summary>Sends bytes, all of them, whatever they are.</summary>
    /// <returns><see langword="false"/> if the server has closed the connection or does not take them in time.</returns>
    public bool TrySend(ReadOnlySpan<byte> bytes, params ReadOnlySpan<int> descriptors) =>
        UnixSocket.Send(_descriptor, bytes, descriptors);

    /// <summary>Receives one message.</summary>
    /// <returns>The message, the caller's to dispose of; <see langword="null"/> if the server has closed the connection.</returns>
    /// <exception cref="InvalidDataException">What came is no message, or the connection ended within one.</exception>
    /// <exception cref="TimeoutException">Nothing came in time.</exception>
    public VfioUserFrame? TryReceive()
    {
        if (!TryReceive(out ReadOnlySpan<byte> message))
            return null;
        var frame = new VfioUserFrame(message.ToArray(), [.. _descriptors]);
        _descriptors.Clear();
        return frame;
    }

    /// <summary>Receives one message.</summary>
    /// <returns>The message; the caller disposes of it.</returns>
    /// <exception cref="IOException">The server has closed the connection.</exception>
    /// <exception cref="TimeoutException">Nothing came in time.</exception>
    public VfioUserFrame Receive() => TryReceive() ?? throw new IOException("The server has closed the connection.");

    /// <summary>Ends our sending half: the server reads an end of file, and its replies still arrive.</summary>
    public void ShutdownSend() => _socket.Shutdown(SocketShutdown.Send);

    /// <summary>Ends both halves: whoever waits for the server waits no longer.</summary>
    internal void Shutdown()
    {
        try
        {
            _socket.Shutdown(SocketShutdown.Both);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The server or we have ended it before.
        }
    }

    /// <summary>Takes over a connected socket that came as a descriptor.</summary>
    internal static VfioUserConnection Adopt(SafeFileHandle socket, TimeSpan timeout)
    {
        var handle = new SafeSocketHandle(socket.DangerousGetHandle(), ownsHandle: true);
        socket.SetHandleAsInvalid();
        return new VfioUserConnection(new Socket(handle), timeout);
    }

    /// <summary>Closes the connection.</summary>
    public void Dispose()
    {
        DropDescriptors();
        _socket.Dispose();
    }

    /// <summary>Receives one message without an allocation; it is valid until the next call.</summary>
    internal bool TryReceive(out ReadOnlySpan<byte> message)
    {
        message = default;
        if (!TryFill(VfioUserFrame.HeaderSize))
            return false;

        uint size = BinaryPrimitives.ReadUInt32LittleEndian(_buffer.AsSpan(_start + 4));
        if (size is < VfioUserFrame.HeaderSize or > LongestMessage)
            throw new InvalidDataException($"The server sent a header with a message size of {size}.");
        if (!TryFill((int)size))
            throw new InvalidDataException($"The connection ended within a message of {size} bytes.");

        message = _buffer.AsSpan(_start, (int)size);
        _start += (int)size;
        if (_start == _end)
            _start = _end = 0;
        return true;
    }

    /// <summary>Takes the first descriptor that came with the last message, if there is one.</summary>
    internal SafeFileHandle? TakeDescriptor()
    {
        if (_descriptors.Count == 0)
            return null;
        SafeFileHandle descriptor = _descriptors[0];
        _descriptors.RemoveAt(0);
        return descriptor;
    }

    /// <summary>Closes descriptors that came with the last message; whether there were any.</summary>
    internal bool DropDescriptors()
    {
        if (_descriptors.Count == 0)
            return false;
        foreach (SafeFileHandle descriptor in _descriptors)
            descriptor.Dispose();
        _descriptors.Clear();
        return true;
    }

    internal static Exception LastFailure(string action) =>
        (Errno)Marshal.GetLastPInvokeError() == Errno.EAGAIN
            ? new TimeoutException($"The server did not {action} in time.")
            : new IOException($"The server has closed the connection ({(Errno)Marshal.GetLastPInvokeError()}).");

    // Until the buffer holds that many bytes; false if the stream ends before the first of them.
    private bool TryFill(int count)
    {
        if (_buffer.Length - _start < count)
            MakeRoom(count);
        while (_end - _start < count)
        {
            nint received = UnixSocket.Receive(_descriptor, _buffer.AsSpan(_end), _descriptors, out bool truncated);
            if (truncated)
                throw new InvalidDataException("Descriptors of the server were lost: this process has no more free.");
            if (received < 0 && (Errno)Marshal.GetLastPInvokeError() != Errno.ECONNRESET)
                throw LastFailure("answer");
            if (received <= 0)
                return _end == _start ? false : throw new InvalidDataException("The connection ended within a message.");
            _end += (int)received;
        }
        return true;
    }

    private void MakeRoom(int count)
    {
        byte[] target = count <= _buffer.Length ? _buffer : new byte[count + 4096];
        _buffer.AsSpan(_start, _end - _start).CopyTo(target);
        (_buffer, _end, _start) = (target, _end - _start, 0);
    }

    // The kernel keeps the deadline, so that waiting costs a call of recvmsg and nothing else.
    private void SetTimeout(TimeSpan timeout)
    {
        Span<byte> timeval = stackalloc byte[16];
        BinaryPrimitives.WriteInt64LittleEndian(timeval, (long)timeout.TotalSeconds);
        BinaryPrimitives.WriteInt64LittleEndian(timeval[8..], timeout.Microseconds + (timeout.Milliseconds * 1000L));
        _socket.SetRawSocketOption(TestLibc.SOL_SOCKET, TestLibc.SO_RCVTIMEO, timeval);
        _socket.SetRawSocketOption(TestLibc.SOL_SOCKET, TestLibc.SO_SNDTIMEO, timeval);
    }
}
