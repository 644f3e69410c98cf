using Mdev.Sdk.Interop;

namespace Mdev.Sdk.VfioUser;

/// <summary>
/// The sending half of a socket: replies, which wait for room, and requests, which never do. Each goes out whole before the next.
/// </summary>
internal sealed class MessageSender(int socket) : IDisposable
{
    private readonly Lock _sending = new();

    // The request that is going out, and what of it is left where the client did not take it at once.
    private MessageBuffer? _request;
    private int _start;
    private int _end;
    private bool _closed;
    private volatile bool _answering;

    /// <summary>
    /// Whether the client waits for an answer. QEMU, which holds its big lock meanwhile, answers no request until it has it; so none
    /// is sent. The next answer ends it.
    /// </summary>
    public bool IsAnswering
    {
        get => _answering;
        set => _answering = value;
    }

    /// <summary>Sends a reply.</summary>
    /// <param name="message">All of it.</param>
    /// <param name="descriptors">Go with it and stay the caller's.</param>
    /// <returns>Whether the connection still holds.</returns>
    public bool Send(ReadOnlySpan<byte> message, ReadOnlySpan<int> descriptors)
    {
        lock (_sending)
        {
            bool holds = _start == _end || SendRest();
            holds = holds && UnixSocket.Send(socket, message, descriptors);
            _answering = false;
            return holds;
        }
    }

    /// <summary>Sends a reply that ends with bytes which lie elsewhere.</summary>
    /// <param name="message">Its beginning.</param>
    /// <param name="tail">The rest of it.</param>
    /// <returns>Whether the connection still holds.</returns>
    public bool Send(ReadOnlySpan<byte> message, ReadOnlySpan<byte> tail)
    {
        lock (_sending)
        {
            bool holds = (_start == _end || SendRest()) && UnixSocket.Send(socket, message, tail);
            _answering = false;
            return holds;
        }
    }

    /// <summary>
    /// Begins to send requests, unless another thread is sending, or an answer comes first; whoever that is tries when it is done.
    /// </summary>
    /// <returns>Whether it has begun, and <see cref="Exit"/> must follow.</returns>
    public bool TryEnter()
    {
        if (!_sending.TryEnter())
            return false;
        if (!_answering && !_closed)
            return true;
        _sending.Exit();
        return false;
    }

    public void Exit() => _sending.Exit();

    /// <summary>Sends what is left of the request before, as far as there is room. Between TryEnter and Exit.</summary>
    /// <returns>Whether there is room for the next one.</returns>
    public bool TryFinish()
    {
        while (_start < _end)
        {
            nint sent = UnixSocket.SendSome(socket, _request!.Span[_start.._end]);
            if (sent == 0)
                return false;
            if (sent < 0)
            {
                // The receiving half sees the end, and ends the session.
                (_closed, _start, _end) = (true, 0, 0);
                return false;
            }
            _start += (int)sent;
        }
        return !_closed;
    }

    /// <summary>Where the next request goes, once there is room for it. Between TryEnter and Exit.</summary>
    public Span<byte> Room(int length)
    {
        _request ??= new MessageBuffer(length);
        _request.Grow(length);
        (_start, _end) = (0, length);
        return _request.Span[..length];
    }

    /// <summary>Bytes that there is room for in a request; none before the first.</summary>
    public int Capacity => _request?.Capacity ?? 0;

    /// <summary>Gives memory back to the system, unless a request is going out.</summary>
    public void Shrink(int capacity)
    {
        if (!_sending.TryEnter())
            return;
        if (!HasRest)
            _request?.Shrink(capacity);
        _sending.Exit();
    }

    /// <summary>Whether a request is out in part only. Between TryEnter and Exit.</summary>
    public bool HasRest => _start < _end;

    /// <summary>Waits for a client that is slow to read, and sends what is left of a request.</summary>
    /// <param name="longest">Milliseconds after which it gives up.</param>
    /// <returns>Whether nothing is left any more, or nobody to send it to.</returns>
    public bool TryFinish(int longest)
    {
        // Whoever sends meanwhile waits for room as well.
        if (!_sending.TryEnter())
            return false;
        try
        {
            if (!_closed && HasRest)
            {
                UnixSocket.WaitForRoom(socket, longest);
                TryFinish();
            }
            return !HasRest;
        }
        finally
        {
            _sending.Exit();
        }
    }

    /// <summary>Nothing is sent from here on; the socket may be closed.</summary>
    public void Dispose()
    {
        lock (_sending)
        {
            (_closed, _start, _end) = (true, 0, 0);
            _request?.Dispose();
            _request = null;
        }
    }

    private bool SendRest()
    {
        ReadOnlySpan<byte> rest = _request!.Span[_start.._end];
        (_start, _end) = (0, 0);
        return UnixSocket.Send(socket, rest);
    }
}
