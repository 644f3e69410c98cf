using System.Diagnostics;
using System.Runtime.CompilerServices;
using Mdev.Sdk.Registers;

namespace Mdev.Sdk.Device;

/// <summary>
/// Asynchronous work, and how the device comes to rest: a reset and a stop wait until what is in flight has ended, for a while, and
/// off the device's lock, so that nothing can wait for the one who waits.
/// </summary>
public abstract partial class VfioDevice
{
    private readonly List<PostedWork> _inFlight = [];
    private readonly Queue<PostedWork> _held = new();
    private TimeSpan _quiesceDeadline = TimeSpan.FromSeconds(2);

    // How many want the device to rest; what is posted meanwhile begins when nobody does any more.
    private int _rests;

    // A reset that was asked for on the lock, and waits for what is in flight.
    private Task? _reset;

    /// <summary>
    /// How long a reset or a stop waits for what is in flight; 2 seconds unless set. QEMU gives a command up after 5 seconds, and an
    /// operating system that resets a function expects it back after 100 milliseconds.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not more than zero, or more than an hour.</exception>
    public TimeSpan QuiesceDeadline
    {
        get => _quiesceDeadline;
        set
        {
            ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(value, TimeSpan.Zero);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, TimeSpan.FromHours(1));
            _quiesceDeadline = value;
        }
    }

    /// <summary>
    /// Runs asynchronous work after the access that is under way, on the thread pool and off the device's lock: transfers, input and
    /// output, whatever takes time. Several pieces run at once. What throws is logged and counted; what has not begun when the device ends is dropped.
    /// </summary>
    /// <param name="work">
    /// Ends soon once its token is cancelled, which happens before the device is reset, stops or ends: those wait for it until
    /// <see cref="QuiesceDeadline"/>. It takes <see cref="Gate"/> to touch registers, and not across an await.
    /// </param>
    /// <param name="name">For logs; the code itself if not given.</param>
    /// <remarks>
    /// Thread-safe; a handler may call it. While the device is stopped, work waits until it goes on; a reset drops what waits. Work
    /// that a stop has cut short is begun anew by the device's code, in <see cref="OnResume"/>, from what its registers say.
    /// </remarks>
    public void Post(Func<CancellationToken, Task> work, [CallerArgumentExpression(nameof(work))] string name = "")
    {
        ArgumentNullException.ThrowIfNull(work);
        var posted = new PostedWork(this, work, name);
        lock (Gate)
        {
            if (_ended)
                return;
            if (_rests > 0)
                _held.Enqueue(posted);
            else
                Begin(posted);
        }
    }

    /// <summary>
    /// The device comes to rest: for a device with threads of its own. Called before it is reset, stops or ends, perhaps on
    /// its lock, so it must not block: it tells its threads, and returns what ends with them. Until then no register changes.
    /// </summary>
    /// <param name="reason">Why.</param>
    /// <param name="deadline">Cancelled when nobody waits any more.</param>
    protected virtual Task OnQuiesce(QuiesceReason reason, CancellationToken deadline) => Task.CompletedTask;

    /// <summary>
    /// The device runs again after <see cref="OnQuiesce"/>, reset or not, or runs at last with a state that it was given. Runs on its
    /// lock; what was under way when it stopped is begun anew here. What it throws is logged and counted.
    /// </summary>
    protected virtual void OnResume() { }

    /// <summary>
    /// The registers, config space included, take their reset values as far as this kind of reset reaches them. What the client
    /// has connected stays.
    /// </summary>
    /// <remarks>
    /// Waits for work in flight first, until <see cref="QuiesceDeadline"/>. On the device's lock, in a handler, nothing can be waited for:
    /// with work in flight the reset takes place after the access, and the guest's access is answered after the reset.
    /// </remarks>
    public void Reset(ResetKind kind = ResetKind.Warm)
    {
        bool onLock = Gate.IsHeldByCurrentThread;
        Task rest = QuiesceAsync(QuiesceReason.Reset);
        if (rest.IsCompleted)
        {
            FinishReset(kind);
            return;
        }

        Task reset = ResetAsync(rest, kind);
        if (onLock)
            _reset = _reset is { } before ? Task.WhenAll(before, reset) : reset;
        else
            reset.GetAwaiter().GetResult();
    }

    /// <summary>
    /// Brings what is in flight to its end, or lets it be once the deadline is over. Nothing new begins from here on, until
    /// <see cref="Resume"/> has been called as often as this.
    /// </summary>
    /// <returns>Ends when the device is at rest; whether everything has ended in time.</returns>
    internal async Task<bool> QuiesceAsync(QuiesceReason reason)
    {
        List<PostedWork> inFlight;
        lock (Gate)
        {
            _rests++;
            inFlight = [.. _inFlight.Where(work => work != PostedWork.Current)];
        }

        foreach (PostedWork work in inFlight)
            work.Cancel();
        Memory.Messages?.AbandonAll();

        long start = Stopwatch.GetTimestamp();
        using var deadline = new CancellationTokenSource(_quiesceDeadline);
        bool atRest = await EndsInTime(Guarded(reason, deadline.Token), nameof(OnQuiesce), deadline.Token).ConfigureAwait(false);
        foreach (PostedWork work in inFlight)
        {
            if (await EndsInTime(work.Ended, work.Name, deadline.Token).ConfigureAwait(false))
                continue;
            atRest = false;

            // Waited for once: the next reset would only be as late.
            lock (Gate)
                _inFlight.Remove(work);
        }

        TimeSpan left = _quiesceDeadline - Stopwatch.GetElapsedTime(start);
        if (!await Memory.DrainAsync(left > TimeSpan.Zero ? left : TimeSpan.Zero).ConfigureAwait(false))
        {
            atRest = false;
            IsLate("a lease of guest memory");
        }

        // What the last of it has posted belongs to it.
        if (reason == QuiesceReason.Stop)
            atRest &= await EndsInTime(PostedSoFar(), "posted work", deadline.Token).ConfigureAwait(false);
        return atRest;
    }

    /// <summary>Takes back one <see cref="QuiesceAsync"/>: after the last one the device runs. On its lock.</summary>
    internal void Resume()
    {
        if (--_rests > 0)
            return;
        while (_held.TryDequeue(out PostedWork? work))
            Begin(work);
        RunGuarded(OnResume);
    }

    internal void WorkThrew(Exception e, string name)
    {
        lock (Gate)
            Counters.HandlerFaults++;
        DeviceLog.AsyncWorkThrew(Logger, e, Uuid, name);
    }

    /// <summary>A piece of asynchronous work is over.</summary>
    internal void WorkEnded(PostedWork work)
    {
        lock (Gate)
        {
            _inFlight.Remove(work);
            Deferred.Follow();
        }
    }

    /// <summary>Waits for a reset that was asked for on the lock. Off the lock.</summary>
    private void AwaitReset(Task reset)
    {
        if (Gate.IsHeldByCurrentThread)
            return;
        reset.GetAwaiter().GetResult();
        Interlocked.CompareExchange(ref _reset, null, reset);
    }

    private async Task ResetAsync(Task rest, ResetKind kind)
    {
        await rest.ConfigureAwait(false);
        FinishReset(kind);
    }

    private void FinishReset(ResetKind kind)
    {
        lock (Gate)
        {
            _held.Clear();
            ResetNow(kind);
            Resume();
        }
    }

    private void Begin(PostedWork work)
    {
        _inFlight.Add(work);
        ThreadPool.UnsafeQueueUserWorkItem(work, preferLocal: false);
    }

    private async Task<bool> EndsInTime(Task task, string name, CancellationToken deadline)
    {
        try
        {
            await task.WaitAsync(deadline).ConfigureAwait(false);
            return true;
        }
        catch (OperationCanceledException)
        {
            IsLate(name);
            return false;
        }
    }

    private void IsLate(string name)
    {
        lock (Gate)
            Counters.LateWork++;
        DeviceLog.NotAtRest(Logger, Uuid, name, _quiesceDeadline.TotalSeconds);
    }

    // Also what it throws at once, rather than in its task.
    private async Task Guarded(QuiesceReason reason, CancellationToken deadline)
    {
        try
        {
            await OnQuiesce(reason, deadline).ConfigureAwait(false);
        }
        catch (Exception e) when (e is not OperationCanceledException || !deadline.IsCancellationRequested)
        {
            WorkThrew(e, nameof(OnQuiesce));
        }
    }

    private Task PostedSoFar()
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (Gate)
        {
            if (_posted.Count == 0 || _ended)
                return Task.CompletedTask;
            Post(done.SetResult);
        }
        return done.Task;
    }
}
