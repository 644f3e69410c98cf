using System.Net.Sockets;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Mdev.Sdk.Management.Control;

/// <summary>A tool's end of a control socket. For one thread at a time.</summary>
internal sealed class ControlClient : IDisposable
{
    // A list of ten thousand instances has some megabytes.
    private const int MaxLine = 256 << 20;

    private readonly string _path;
    private readonly Socket _socket;
    private byte[] _buffer = new byte[4096];
    private int _length;

    private ControlClient(string path, Socket socket) => (_path, _socket) = (path, socket);

    /// <summary>Connects to a host process.</summary>
    /// <exception cref="MdevException">
    /// ENOENT or ECONNREFUSED: nobody listens there. EACCES: this user may not. ENAMETOOLONG: no socket can have that path.
    /// </exception>
    public static async Task<ControlClient> ConnectAsync(string path, CancellationToken cancel = default)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), cancel).ConfigureAwait(false);
            return new ControlClient(path, socket);
        }
        catch (ArgumentOutOfRangeException)
        {
            socket.Dispose();
            throw new MdevException(Errno.ENAMETOOLONG, $"A socket's path has at most 107 bytes, and this one more: {path}");
        }
        catch (SocketException e)
        {
            socket.Dispose();
            throw new MdevException(ErrnoOf(e), $"Cannot reach the host process at {path}: {e.Message}.");
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Gives a command and waits for its answer.</summary>
    /// <exception cref="MdevException">The host refused it. Or ECONNRESET: it has gone before it answered.</exception>
    public async Task<TAnswer> CallAsync<TArguments, TAnswer>(
        ControlVerb<TArguments, TAnswer> verb, TArguments arguments, CancellationToken cancel = default)
        where TArguments : class
        where TAnswer : class
    {
        await SendAsync(verb, arguments, cancel).ConfigureAwait(false);
        using JsonDocument line = await ReadAsync(cancel).ConfigureAwait(false);
        return Returned(line, verb.Answer);
    }

    /// <summary>Gives a command whose answer is a stream. Leaving the loop early leaves the connection unusable: dispose it.</summary>
    /// <exception cref="MdevException">The host refused it or has ended it. Or ECONNRESET: it has gone.</exception>
    public async IAsyncEnumerable<TItem> StreamAsync<TArguments, TItem>(
        ControlVerb<TArguments, TItem> verb, TArguments arguments, [EnumeratorCancellation] CancellationToken cancel = default)
        where TArguments : class
        where TItem : class
    {
        await SendAsync(verb, arguments, cancel).ConfigureAwait(false);
        while (true)
        {
            using JsonDocument line = await ReadAsync(cancel).ConfigureAwait(false);
            if (!line.RootElement.TryGetProperty("item", out JsonElement item))
            {
                _ = Returned(line, ControlJson.Default.Nothing);
                yield break;
            }
            yield return item.Deserialize(verb.Answer) ?? throw Nonsense();
        }
    }

    /// <summary>Takes the bytes behind an answer's line.</summary>
    /// <exception cref="MdevException">ECONNRESET: the host has gone.</exception>
    public async Task ReadBytesAsync(Memory<byte> bytes, CancellationToken cancel = default)
    {
        int kept = Math.Min(_length, bytes.Length);
        _buffer.AsSpan(0, kept).CopyTo(bytes.Span);
        _buffer.AsSpan(kept, _length - kept).CopyTo(_buffer);
        _length -= kept;
        try
        {
            for (bytes = bytes[kept..]; !bytes.IsEmpty;)
            {
                int received = await _socket.ReceiveAsync(bytes, cancel).ConfigureAwait(false);
                if (received == 0)
                    throw HasGone();
                bytes = bytes[received..];
            }
        }
        catch (SocketException e)
        {
            throw HasGone(e);
        }
    }

    public void Dispose() => _socket.Dispose();

    private static Errno ErrnoOf(SocketException e) => e.SocketErrorCode switch
    {
        SocketError.ConnectionRefused => Errno.ECONNREFUSED,
        SocketError.AccessDenied => Errno.EACCES,
        SocketError.AddressNotAvailable => Errno.ENOENT,
        _ => e.NativeErrorCode is > 0 and < 4096 ? (Errno)e.NativeErrorCode : Errno.EIO,
    };

    private async Task SendAsync<TArguments, TAnswer>(
        ControlVerb<TArguments, TAnswer> verb, TArguments arguments, CancellationToken cancel)
        where TArguments : class
        where TAnswer : class
    {
        var request = new ControlRequest(verb.Name, JsonSerializer.SerializeToElement(arguments, verb.Arguments));
        byte[] line = [.. JsonSerializer.SerializeToUtf8Bytes(request, ControlJson.Default.ControlRequest), (byte)'\n'];
        try
        {
            for (ReadOnlyMemory<byte> rest = line; !rest.IsEmpty;)
                rest = rest[await _socket.SendAsync(rest, cancel).ConfigureAwait(false)..];
        }
        catch (SocketException)
        {
            // A host that turns a tool away does not read what it wants; why is found by reading.
        }
    }

    private async Task<JsonDocument> ReadAsync(CancellationToken cancel)
    {
        int searched = 0;
        while (true)
        {
            int end = _buffer.AsSpan(searched, _length - searched).IndexOf((byte)'\n');
            if (end >= 0)
            {
                JsonDocument line = Parse(searched + end);
                int next = searched + end + 1;
                _buffer.AsSpan(next, _length - next).CopyTo(_buffer);
                _length -= next;
                return line;
            }

            searched = _length;
            if (_length == _buffer.Length)
            {
                if (_length >= MaxLine)
                    throw Nonsense();
                Array.Resize(ref _buffer, 2 * _length);
            }
            try
            {
                int received = await _socket.ReceiveAsync(_buffer.AsMemory(_length), cancel).ConfigureAwait(false);
                if (received == 0)
                    throw HasGone();
                _length += received;
            }
            catch (SocketException e)
            {
                throw HasGone(e);
            }
        }
    }

    // Of a copy: the buffer is used again while the document lives.
    private JsonDocument Parse(int length)
    {
        try
        {
            JsonDocument line = JsonDocument.Parse(_buffer.AsSpan(0, length).ToArray());
            if (line.RootElement.ValueKind == JsonValueKind.Object)
                return line;
            line.Dispose();
        }
        catch (JsonException e)
        {
            throw Nonsense(e);
        }
        throw Nonsense();
    }

    private TAnswer Returned<TAnswer>(JsonDocument line, JsonTypeInfo<TAnswer> type)
        where TAnswer : class
    {
        try
        {
            if (line.RootElement.TryGetProperty("return", out JsonElement answer))
                return answer.Deserialize(type) ?? throw Nonsense();
            if (line.RootElement.TryGetProperty("error", out JsonElement error)
                && error.Deserialize(ControlJson.Default.ControlError) is { } refusal)
            {
                throw new MdevException((Errno)refusal.Number, refusal.Message);
            }
        }
        catch (JsonException e)
        {
            throw Nonsense(e);
        }
        throw Nonsense();
    }

    private MdevException HasGone(Exception? cause = null) =>
        new(Errno.ECONNRESET, $"The host process at {_path} has gone before it answered{(cause is null ? "" : $" ({cause.Message})")}.");

    private MdevException Nonsense(JsonException? e = null) => new(Errno.EIO,
        $"The process at {_path} answers nonsense{(e is null ? "" : $" ({e.Message.Split(" LineNumber:")[0]})")}; is it a host process of this version?");
}
