using System.Diagnostics;
using System.Runtime.InteropServices;
using Mdev.Sdk.Device;
using Mdev.Sdk.Dma;
using Mdev.Sdk.VfioUser.Messages;

namespace Mdev.Sdk.VfioUser.Sessions;

/// <summary>
/// DMA_READ and DMA_WRITE of one client. Whoever asks never waits for the client, nor does the thread that answers it: requests
/// queue up, and replies are matched by their ids in whatever order they come. Source: vfio-user, "VFIO_USER_DMA_READ".
/// </summary>
/// <param name="device">The device that asks.</param>
/// <param name="sender">Where requests go out.</param>
/// <param name="transfer">Bytes of data in the largest message that both sides take.</param>
/// <param name="mayBeOld">Whether the client may be a QEMU before 11.0.</param>
internal sealed partial class DmaMessages(VfioDevice device, MessageSender sender, int transfer, bool mayBeOld)
    : IDmaMessages, IDisposable
{
    // So many requests of one transfer are out at once: enough to keep a client busy, and no transfer shuts the others out.
    private const int Window = 32;

    // Ids of half of their range, so that a free one is found soon. Those of abandoned requests stay taken until an answer comes.
    private const int MostInFlight = 1 << 15;

    private readonly Lock _gate = new();
    private readonly Dictionary<ushort, DmaRequest> _inFlight = [];
    private readonly HashSet<DmaTransfer> _transfers = [];
    private readonly Queue<DmaTransfer> _queue = [];
    private ushort _lastId;
    private bool _closed;

    // Whether a request could be made at once. Written on the lock.
    private volatile bool _ready;

    // Whether all transfers have been given up while the client waits for an answer, perhaps to what gave them up.
    private volatile bool _refusing;

    /// <summary>Whether requests wait for an answer to the client.</summary>
    public bool IsHeldBack => sender.IsAnswering;

    /// <inheritdoc/>
    public ValueTask<bool> ReadAsync(ulong address, Memory<byte> destination, CancellationToken cancellation) => BeginAsync(
        new() { Command = Command.DmaRead, Address = address, Length = destination.Length, Destination = destination }, cancellation);

    /// <inheritdoc/>
    public ValueTask<bool> WriteAsync(ulong address, ReadOnlyMemory<byte> source, CancellationToken cancellation) => BeginAsync(
        new() { Command = Command.DmaWrite, Address = address, Length = source.Length, Source = source }, cancellation);

    /// <summary>Takes a reply of the client's.</summary>
    /// <returns><see langword="false"/> if nothing was asked that it could answer.</returns>
    public bool TryTakeReply(in MessageHeader header, ReadOnlySpan<byte> payload)
    {
        lock (_gate)
        {
            if (!_inFlight.TryGetValue(header.Id, out DmaRequest request) || request.Transfer.Command != header.Command)
                return false;
            _inFlight.Remove(header.Id);
            request.Transfer.InFlight--;
            if (request.Transfer == _question)
                TakeLayout(request, header, payload);
            else if (!request.Transfer.IsOver)
                Take(request, header, payload);
            Enqueue(request.Transfer);
        }
        Flush();
        return true;
    }

    /// <summary>The client has been sent an answer: what was asked for meanwhile may follow.</summary>
    public void Answered()
    {
        // Pairs with whoever found the sender answering: either sees what the other has done.
        Interlocked.MemoryBarrier();
        if (_refusing)
            _refusing = false;
        SendReady();
    }

    // As Answered: whoever was sending sees what is ready, or has stopped sending.
    private void Flush()
    {
        Interlocked.MemoryBarrier();
        SendReady();
    }

    private void SendReady()
    {
        while (_ready && sender.TryEnter())
        {
            bool full;
            try
            {
                while (sender.TryFinish() && TryMakeRequest())
                {
                }
                full = sender.HasRest;
            }
            finally
            {
                sender.Exit();
            }
            if (full)
            {
                FlushLater();
                return;
            }
            Interlocked.MemoryBarrier();
        }
    }

    private ValueTask<bool> BeginAsync(DmaTransfer begun, CancellationToken cancellation)
    {
        if (begun.Length == 0)
            return new(true);
        lock (_gate)
        {
            if (_closed || _refusing || _layout == Layout.Old)
                return new(false);
            begun.LastProgress = Stopwatch.GetTimestamp();
            _transfers.Add(begun);
            Enqueue(begun);
            WatchDeadlines();
        }

        if (cancellation.CanBeCanceled)
            AbandonWhenCancelled(begun, cancellation);
        Flush();
        return new(begun.Task);
    }

    // On the sender's lock.
    private bool TryMakeRequest()
    {
        lock (_gate)
        {
            if (_layout == Layout.Unknown && TryAskForLayout())
                return true;
            while (IsReady && _queue.TryDequeue(out DmaTransfer? next))
            {
                next.IsQueued = false;
                if (next.IsOver)
                    continue;
                var request = new DmaRequest(next, next.Asked, Math.Min(transfer, next.Length - next.Asked));
                Write(FreeId(), request);
                next.Asked += request.Count;
                next.InFlight++;
                Enqueue(next);
                return true;
            }
            _ready = false;
            return false;
        }
    }

    private void Write(ushort id, in DmaRequest request)
    {
        _inFlight.Add(id, request);
        DmaTransfer asking = request.Transfer;
        int data = asking.Command == Command.DmaWrite ? request.Count : 0;
        int length = MessageHeader.Length + DmaMessage.Length + data;
        Span<byte> message = sender.Room(length);
        MemoryMarshal.Write(message, new MessageHeader(id, asking.Command, (uint)length, MessageFlags.Command, Error: 0));
        MemoryMarshal.Write(message[MessageHeader.Length..], request.Message);
        if (data != 0)
            asking.Source.Span.Slice(request.Offset, data).CopyTo(message[(MessageHeader.Length + DmaMessage.Length)..]);
    }

    private ushort FreeId()
    {
        do
        {
            _lastId++;
        }
        while (_inFlight.ContainsKey(_lastId));
        return _lastId;
    }

    private void Enqueue(DmaTransfer waiting)
    {
        if (waiting is { IsQueued: false, IsOver: false, InFlight: < Window } && waiting.Asked < waiting.Length)
        {
            waiting.IsQueued = true;
            _queue.Enqueue(waiting);
        }
        _ready = IsReady;
    }

    private bool IsReady => _queue.Count != 0 && _inFlight.Count < MostInFlight && _layout != Layout.Asked;

    private void Take(in DmaRequest request, in MessageHeader header, ReadOnlySpan<byte> payload)
    {
        DmaTransfer asking = request.Transfer;
        if ((header.Flags & MessageFlags.Error) != 0)
        {
            WarnOfError(request, (Errno)header.Error);
            End(asking, false);
            return;
        }

        bool read = asking.Command == Command.DmaRead;
        if (!(read ? request.Message.IsReadBy(payload) : request.Message.IsWrittenBy(payload)))
        {
            WarnOfLayout(request);
            End(asking, false);
            return;
        }

        if (read)
            payload[DmaMessage.Length..].CopyTo(asking.Destination.Span[request.Offset..]);
        asking.Answered += request.Count;
        asking.LastProgress = Stopwatch.GetTimestamp();
        if (asking.Answered == asking.Length)
            End(asking, true);
    }

    // Whoever waits goes on with a thread of its own, not with this one and its lock.
    private void End(DmaTransfer ended, bool result)
    {
        ended.IsOver = true;
        _transfers.Remove(ended);
        ended.Cancellation.Unregister();
        ended.TrySetResult(result);
    }
}
