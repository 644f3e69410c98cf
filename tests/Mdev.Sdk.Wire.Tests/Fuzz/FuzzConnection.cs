using System.Buffers.Binary;
using System.Diagnostics;
using Mdev.Sdk.Wire.Tests.Conversations;
using Mdev.Sdk.Wire.Tests.Support;
using Microsoft.Win32.SafeHandles;

namespace Mdev.Sdk.Wire.Tests.Fuzz;

/// <summary>A connection whose every reply is checked, and whose every send is remembered until it has proved harmless.</summary>
internal sealed class FuzzConnection : IDisposable
{
    // Far beyond what a loaded machine needs: whoever takes longer is wedged.
    private static readonly TimeSpan s_deadline = TimeSpan.FromSeconds(30);

    private const int MostKept = 2 << 20;

    private readonly RawSocket _socket;
    private readonly OddDescriptors _descriptors;
    private readonly ReplyCounts _counts;
    private readonly ReplyModel _model = new();
    private readonly List<Line> _sent = [];
    private readonly List<SafeFileHandle> _received = [];
    private readonly byte[] _chunk = new byte[1 << 16];
    private readonly Queue<Line> _answers = [];
    private byte[] _bytes = new byte[1 << 16];
    private int _count;
    private TwinConnection? _twin;

    public FuzzConnection(string path, OddDescriptors descriptors, ReplyCounts counts) =>
        (_socket, _descriptors, _counts) = (RawSocket.Connect(path), descriptors, counts);

    /// <summary>What was sent, each send a line.</summary>
    public IReadOnlyList<Line> Sent => _sent;

    /// <summary>Whether the server has closed the connection, as it may or must.</summary>
    public bool IsClosed { get; private set; }

    /// <summary>The last reply; it stays until the next one comes.</summary>
    public byte[] LastReply { get; private set; } = [];

    /// <summary>What this client says to a command of the server's; without it, nothing.</summary>
    public Func<byte[], Line?>? Answer { get; init; }

    /// <summary>Sends bytes, and takes what replies come meanwhile.</summary>
    /// <param name="bytes">A message, several, or a part of one.</param>
    /// <param name="kinds">The letters of the descriptors that go with them.</param>
    public void Send(ReadOnlySpan<byte> bytes, string kinds)
    {
        _sent.Add(new Line(FromClient: true, kinds, bytes.ToArray()));
        int[] descriptors = _descriptors.Of(kinds);
        _model.Sent(bytes, descriptors.Length);
        long start = Stopwatch.GetTimestamp();
        while (!IsClosed && !bytes.IsEmpty)
        {
            int sent = _socket.Send(bytes, descriptors);
            if (sent < 0)
            {
                Receive(wait: false);
                if (!IsClosed)
                    ServerClosed();
                return;
            }
            if (sent == 0 && !_socket.Wait(room: true, TimeSpan.FromSeconds(1)) && Stopwatch.GetElapsedTime(start) > s_deadline)
                throw new FuzzException("the server takes no more bytes");
            if (sent > 0)
                descriptors = [];
            bytes = bytes[sent..];
            Receive(wait: false);
        }
    }

    /// <summary>Waits for every reply that must come, and for the end if the connection must end.</summary>
    public void Settle()
    {
        do
        {
            while (!IsClosed && _answers.TryDequeue(out Line? answer))
                Send(answer.Bytes, answer.Descriptors);
            if (!IsClosed && _twin?.Turn() == false)
                _model.AllowEnd();
            if (!IsClosed && (_model.Awaited > 0 || _model.Ends))
                Receive(wait: true);
        }
        while (!IsClosed && (_model.Awaited > 0 || _model.Ends || _answers.Count > 0));
    }

    /// <summary>Both ends at once, whatever is under way.</summary>
    public void Dispose()
    {
        Drop();
        _twin?.Dispose();
        _socket.Dispose();
    }

    private void Receive(bool wait)
    {
        int received;
        while ((received = _socket.Receive(_chunk, _received)) > 0)
        {
            TakeTwin();
            Drop();
            if (_count + received > _bytes.Length)
                Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, _count + received));
            _chunk.AsSpan(0, received).CopyTo(_bytes.AsSpan(_count));
            _count += received;
            TakeMessages();
            wait = false;
        }

        if (received < 0)
            ServerClosed();
        else if (wait && !_socket.Wait(room: false, s_deadline))
            throw new FuzzException($"the server has not answered for {s_deadline.TotalSeconds} seconds; {_model.Awaited} replies are to come");
    }

    private void TakeMessages()
    {
        int start = 0;
        while (_count - start >= 16)
        {
            uint size = BinaryPrimitives.ReadUInt32LittleEndian(_bytes.AsSpan(start + 4));
            if (size is < 16 or > 64 << 20)
                throw new FuzzException($"the server sent a header with a size of {size}");
            if (_count - start < size)
                break;
            ReadOnlySpan<byte> message = _bytes.AsSpan(start, (int)size);
            if (_model.Received(message) is { } wrong)
                throw new FuzzException($"the server breaks the protocol: {wrong}");
            if ((message[8] & 0xf) != 0)
            {
                _counts.Add(message);
                LastReply = message.Length <= MostKept ? message.ToArray() : [];
            }
            else if (Answer?.Invoke(message.ToArray()) is { } answer)
                _answers.Enqueue(answer);
            start += (int)size;
        }
        _bytes.AsSpan(start, _count - start).CopyTo(_bytes);
        _count -= start;
    }

    private void ServerClosed()
    {
        IsClosed = true;
        if (!_model.MayEnd && !(_model.Ends && _model.Awaited == 0))
            throw new FuzzException($"the server has closed a connection that was in step; {_model.Awaited} replies were to come");
    }

    // vfio-user, "twin_socket": the descriptor of a VERSION reply is the server's way to send commands of its own.
    private void TakeTwin()
    {
        if (_twin is null && _count == 0 && _received.Count == 1 && BitConverter.ToUInt16(_chunk, 2) == Raw.Version)
        {
            _twin = new TwinConnection(_received[0], Answer);
            _received.Clear();
        }
    }

    private void Drop()
    {
        foreach (SafeFileHandle descriptor in _received)
            descriptor.Dispose();
        _received.Clear();
    }
}
