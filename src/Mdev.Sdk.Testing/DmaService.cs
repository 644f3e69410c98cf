using System.Buffers.Binary;

namespace Mdev.Sdk.Testing;

/// <summary>
/// The thread that reads a connection on which a server may send commands: it answers them, and hands replies to whoever waits for one.
/// </summary>
internal sealed class DmaService : IDisposable
{
    private const ushort DmaRead = 11;
    private const ushort DmaWrite = 12;
    private const int HeadSize = 16;
    private const uint TypeMask = 0xf;
    private const uint IsReply = 1;
    private const uint IsError = 0x20;

    private readonly VfioUserConnection _connection;
    private readonly Lock _sending;
    private readonly Func<VfioDmaRequest, VfioDmaAnswer> _answer;
    private readonly Queue<VfioUserFrame> _replies = [];
    private readonly Thread _thread;
    private Exception? _end;

    public DmaService(VfioUserConnection connection, Lock sending, Func<VfioDmaRequest, VfioDmaAnswer> answer)
    {
        (_connection, _sending, _answer) = (connection, sending, answer);
        _thread = new Thread(Run) { IsBackground = true, Name = "vfio-user client" };
        _thread.Start();
    }

    /// <summary>Takes the next reply.</summary>
    /// <exception cref="IOException">The server has closed the connection.</exception>
    /// <exception cref="InvalidDataException">The server has broken the protocol.</exception>
    /// <exception cref="TimeoutException">None came in time.</exception>
    public VfioUserFrame AwaitReply(TimeSpan timeout)
    {
        lock (_replies)
        {
            long start = System.Diagnostics.Stopwatch.GetTimestamp();
            while (_replies.Count == 0)
            {
                if (_end is not null)
                    throw _end is InvalidDataException ? new InvalidDataException(_end.Message, _end) : new IOException(_end.Message, _end);
                TimeSpan left = timeout - System.Diagnostics.Stopwatch.GetElapsedTime(start);
                if (left <= TimeSpan.Zero || !Monitor.Wait(_replies, left))
                    throw new TimeoutException("The server did not answer in time.");
            }
            return _replies.Dequeue();
        }
    }

    public void Dispose()
    {
        _connection.Shutdown();
        _thread.Join();
        foreach (VfioUserFrame reply in _replies)
            reply.Dispose();
    }

    private void Run()
    {
        try
        {
            while (true)
            {
                VfioUserFrame? message;
                try
                {
                    message = _connection.TryReceive();
                }
                catch (TimeoutException)
                {
                    // Nothing to do for a while; what came of a message stays.
                    continue;
                }
                if (message is null)
                    throw new IOException("The server has closed the connection.");
                if ((message.Flags & TypeMask) == IsReply)
                    HandOver(message);
                else
                    Serve(message);
            }
        }
        catch (Exception e)
        {
            lock (_replies)
            {
                _end = e;
                Monitor.PulseAll(_replies);
            }
        }
    }

    private void HandOver(VfioUserFrame reply)
    {
        lock (_replies)
        {
            _replies.Enqueue(reply);
            Monitor.Pulse(_replies);
        }
    }

    private void Serve(VfioUserFrame command)
    {
        using (command)
        {
            if (command.Flags != 0 || command.Command is not (DmaRead or DmaWrite) || command.Payload.Length < HeadSize
                || command.Descriptors.Count != 0)
                throw new InvalidDataException($"The server breaks the protocol: it sent command {command.Command}, flags 0x{command.Flags:x}.");

            bool write = command.Command == DmaWrite;
            ulong count = BinaryPrimitives.ReadUInt64LittleEndian(command.Payload[8..]);
            if ((ulong)command.Payload.Length != HeadSize + (write ? count : 0))
                throw new InvalidDataException("The server breaks the protocol: the length of a DMA command is not what its count says.");

            byte[]? data = write ? command.Payload[HeadSize..].ToArray() : null;
            VfioDmaAnswer answer = _answer(new(BinaryPrimitives.ReadUInt64LittleEndian(command.Payload), count, data));
            if (answer.Payload is { } payload)
                Send(command, payload, answer.Error);
        }
    }

    private void Send(VfioUserFrame command, byte[] payload, Errno error)
    {
        byte[] reply = new byte[VfioUserFrame.HeaderSize + payload.Length];
        BinaryPrimitives.WriteUInt16LittleEndian(reply, command.Id);
        BinaryPrimitives.WriteUInt16LittleEndian(reply.AsSpan(2), command.Command);
        BinaryPrimitives.WriteInt32LittleEndian(reply.AsSpan(4), reply.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(reply.AsSpan(8), error == Errno.None ? IsReply : IsReply | IsError);
        BinaryPrimitives.WriteInt32LittleEndian(reply.AsSpan(12), (int)error);
        payload.CopyTo(reply, VfioUserFrame.HeaderSize);
        lock (_sending)
            _connection.Send(reply);
    }
}
