using System.Diagnostics;

namespace Mdev.Sdk.VfioUser.Sessions;

/// <summary>
/// Transfers that nobody waits for any longer. Their requests stay known until the client answers, so that an answer that comes late
/// is taken for what it is; their memory is the caller's again.
/// </summary>
internal sealed partial class DmaMessages
{
    // A client that does not read: a thread waits this long for it, and later looks as often. In milliseconds.
    private const int Patience = 100;

    private Timer? _clock;
    private bool _watching;
    private int _flushing;

    /// <summary>How long a client may take to answer; a transfer of many messages, between two answers.</summary>
    /// <remarks>QEMU, asked the other way around, gives a server as long (x-msg-timeout).</remarks>
    public TimeSpan Deadline { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Ends every transfer with false: the device is reset or stops. While the client waits for that, transfers that begin do too, as
    /// no request goes out before the answer, and the answer may wait for whoever began them.
    /// </summary>
    public void AbandonAll()
    {
        _refusing = true;
        Interlocked.MemoryBarrier();
        if (!sender.IsAnswering)
            _refusing = false;
        Abandon(static _ => true);
    }

    /// <summary>Ends every transfer that touches a range with false.</summary>
    /// <param name="address">Guest DMA address of the first byte.</param>
    /// <param name="size">Bytes.</param>
    public void Abandon(ulong address, ulong size) => Abandon(moving => moving.Overlaps(address, size));

    /// <summary>The client is gone: every transfer ends with false, those to come at once.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _closed = true;
            _clock?.Dispose();
            EndThose(static _ => true);
            _inFlight.Clear();
            _queue.Clear();
            _ready = false;
        }
    }

    private void Abandon(Predicate<DmaTransfer> which)
    {
        lock (_gate)
            EndThose(which);
    }

    private int EndThose(Predicate<DmaTransfer> which)
    {
        DmaTransfer[] ended = [.. _transfers.Where(transfer => which(transfer))];
        foreach (DmaTransfer transfer in ended)
            End(transfer, false);
        return ended.Length;
    }

    private void AbandonWhenCancelled(DmaTransfer begun, CancellationToken cancellation)
    {
        CancellationTokenRegistration registration = cancellation.UnsafeRegister(
            (_, token) =>
            {
                lock (_gate)
                {
                    begun.TrySetCanceled(token);
                    End(begun, false);
                }
            },
            null);
        lock (_gate)
        {
            if (begun.IsOver)
                registration.Unregister();
            else
                begun.Cancellation = registration;
        }
    }

    private void WatchDeadlines()
    {
        if (_watching)
            return;
        _watching = true;
        TimeSpan period = Deadline / 8;
        _clock ??= new Timer(static messages => ((DmaMessages)messages!).EndLate(), this, Timeout.Infinite, Timeout.Infinite);
        _clock.Change(period, period);
    }

    private void EndLate()
    {
        int late;
        lock (_gate)
        {
            if (_closed)
                return;
            late = EndThose(transfer => Stopwatch.GetElapsedTime(transfer.LastProgress) >= Deadline);
            if (_transfers.Count == 0)
            {
                _watching = false;
                _clock!.Change(Timeout.Infinite, Timeout.Infinite);
            }
        }
        if (late != 0)
            SessionLog.DmaUnanswered(device.Logger, device.Uuid, late, Deadline.TotalSeconds);
    }

    // One at a time: where there is no room for one request, there is none for the next.
    private void FlushLater()
    {
        if (Interlocked.Exchange(ref _flushing, 1) == 0)
            _ = Task.Run(FlushWhenThereIsRoomAsync);
    }

    private async Task FlushWhenThereIsRoomAsync()
    {
        for (int wait = Patience; !sender.TryFinish(wait); wait = 0)
            await Task.Delay(Patience).ConfigureAwait(false);
        Volatile.Write(ref _flushing, 0);
        Flush();
    }
}
