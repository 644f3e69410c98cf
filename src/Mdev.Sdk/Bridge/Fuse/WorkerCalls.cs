namespace Mdev.Sdk.Bridge.Fuse;

/// <summary>Calls on worker threads, by the number of their request. Thread-safe.</summary>
internal sealed class WorkerCalls(OpenFiles files)
{
    // A caller whose request nobody answers cannot even be killed.
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(2);

    private readonly Lock _gate = new();
    private readonly Dictionary<ulong, WorkerCall> _calls = [];
    private readonly Stack<WorkerCall> _free = [];
    private bool _ended;

    /// <summary>A call begins.</summary>
    public WorkerCall Take(ulong unique, OpenFile file, ulong offset, int size, ReadOnlySpan<byte> source, bool isWrite)
    {
        lock (_gate)
        {
            if (!_free.TryPop(out WorkerCall? call))
                call = new WorkerCall(files);
            call.Take(unique, file, offset, size, source, isWrite);
            _calls[unique] = call;
            if (_ended)
                call.Interrupt();
            return call;
        }
    }

    /// <summary>A call has ended: it is not interrupted any more.</summary>
    /// <returns>Whether it is to be answered.</returns>
    public bool Forget(WorkerCall call)
    {
        lock (_gate)
            return _calls.Remove(call.Unique);
    }

    /// <summary>A call is answered, and may be used for another.</summary>
    public void Return(WorkerCall call)
    {
        lock (_gate)
            _free.Push(call);
    }

    /// <summary>Interrupts a call; nothing if it has ended. One that does not end soon is answered all the same, and what comes of it is dropped.</summary>
    public void Interrupt(ulong unique)
    {
        lock (_gate)
        {
            if (!_calls.TryGetValue(unique, out WorkerCall? call))
                return;
            call.Interrupt();
            _ = GiveUpAsync(call, unique);
        }
    }

    /// <summary>Interrupts all calls, those to come too.</summary>
    public void End()
    {
        lock (_gate)
        {
            _ended = true;
            foreach (WorkerCall call in _calls.Values)
                call.Interrupt();
        }
    }

    private async Task GiveUpAsync(WorkerCall call, ulong unique)
    {
        await Task.Delay(s_patience).ConfigureAwait(false);
        lock (_gate)
        {
            if (_calls.GetValueOrDefault(unique) != call)
                return;
            _calls.Remove(unique);
        }
        files.AnswerError(unique, Errno.EINTR);
    }
}
