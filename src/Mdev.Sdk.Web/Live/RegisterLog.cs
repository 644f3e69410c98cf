using Mdev.Sdk.Device;
using Mdev.Sdk.Observation;

namespace Mdev.Sdk.Web.Live;

/// <summary>
/// The last lines of what a guest does to a device's registers. The device is traced while somebody reads, once for all readers; what it
/// does faster than a person could read is counted, not told.
/// </summary>
internal sealed class RegisterLog(VfioDevice device)
{
    // Kept for readers that come late: of a page, one screenful or a few.
    private const int MostLines = 256;

    // Of a turn: some thousand accesses in a second. The rest runs over the ring, which costs nobody anything.
    private const int MostEvents = 1000;
    private const int RingEntries = 4096;
    private const int RingBytes = 128 << 10;

    private static readonly TimeSpan s_turn = TimeSpan.FromMilliseconds(100);

    private readonly Lock _gate = new();
    private readonly string[] _lines = new string[MostLines];
    private TaskCompletionSource _more = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _count;
    private long _lost;
    private int _readers;
    private bool _isTracing;

    /// <summary>Has the device traced until the reader is disposed.</summary>
    /// <returns>Reads what is done from now on.</returns>
    public Reader Read()
    {
        lock (_gate)
        {
            _readers++;
            if (!_isTracing)
            {
                _isTracing = true;
                _ = Task.Run(TraceAsync);
            }
            return new Reader(this, _count, _lost);
        }
    }

    private async Task TraceAsync()
    {
        using var trace = new DeviceTrace(device, ring: new TraceRing(RingEntries, RingBytes));
        var text = new TraceText();
        while (GoesOn())
        {
            if (Take(trace, text))
                Interlocked.Exchange(ref _more, new(TaskCreationOptions.RunContinuationsAsynchronously)).SetResult();
            await Task.Delay(s_turn).ConfigureAwait(false);
        }
    }

    private bool GoesOn()
    {
        lock (_gate)
            return _isTracing = _readers > 0;
    }

    private bool Take(DeviceTrace trace, TraceText text)
    {
        bool any = false;
        for (int i = 0; i < MostEvents && trace.TryRead(out TraceEvent? next); i++)
        {
            if (next!.Kind == TraceEventKind.Lost)
                Add(null, next.Lost ?? 0);
            else if (text.LineOf(next) is { } line)
                Add(line.Length <= LiveProtocol.LongestLine ? line : line[..LiveProtocol.LongestLine], 0);
            else
                continue;
            any = true;
        }
        return any;
    }

    private void Add(string? line, long lost)
    {
        lock (_gate)
        {
            _lost += lost;
            if (line is not null)
                _lines[_count++ % MostLines] = line;
        }
    }

    /// <summary>One viewer's place in the log.</summary>
    internal sealed class Reader(RegisterLog log, long position, long lost) : IDisposable
    {
        private long _position = position;
        private long _lost = lost;
        private int _disposed;

        /// <summary>Whether there is more.</summary>
        public bool HasMore
        {
            get
            {
                lock (log._gate)
                    return log._count != _position || log._lost != _lost;
            }
        }

        /// <summary>Waits until there is more.</summary>
        public async Task WaitAsync(CancellationToken cancel)
        {
            while (true)
            {
                // Before the look: what is added after it completes this one.
                Task more = Volatile.Read(ref log._more).Task;
                if (HasMore)
                    return;
                await more.WaitAsync(cancel).ConfigureAwait(false);
            }
        }

        /// <summary>Takes the lines that there are.</summary>
        /// <returns>The lines, and how many accesses are missing before them.</returns>
        public (string Text, long Dropped) Take()
        {
            lock (log._gate)
            {
                long first = Math.Max(_position, log._count - MostLines);
                long dropped = first - _position + (log._lost - _lost);
                var lines = new string[log._count - first];
                for (int i = 0; i < lines.Length; i++)
                    lines[i] = log._lines[(first + i) % MostLines];
                (_position, _lost) = (log._count, log._lost);
                return (string.Join('\n', lines), dropped);
            }
        }

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _disposed, 1) != 0)
                return;
            lock (log._gate)
                log._readers--;
        }
    }
}
