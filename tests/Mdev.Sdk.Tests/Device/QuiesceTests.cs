using Mdev.Sdk.Device;
using Mdev.Sdk.Migration;
using Mdev.Sdk.Pci;

namespace Mdev.Sdk.Tests.Device;

/// <summary>Asynchronous work, and what a reset and a stop wait for.</summary>
public sealed class QuiesceTests : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);
    private readonly ManualClock _clock = new();
    private readonly RestingDevice _device;

    public QuiesceTests() => _device = new RestingDevice { Clock = _clock, QuiesceDeadline = s_patience };

    public void Dispose()
    {
        _device.QuiesceDeadline = TimeSpan.FromMilliseconds(1);
        _device.Dispose();
    }

    [Fact]
    public void Asynchronous_work_begins_after_the_access_and_off_the_lock()
    {
        using var done = new ManualResetEventSlim();
        bool onLock = true;
        lock (_device.Gate)
        {
            _device.Post(async cancellation =>
            {
                onLock = _device.Gate.IsHeldByCurrentThread;
                await Task.Yield();
                done.Set();
            });
            Assert.False(done.Wait(TimeSpan.FromMilliseconds(50)));
        }
        Assert.True(done.Wait(s_patience));
        Assert.False(onLock);
    }

    [Fact]
    public void Work_that_throws_is_logged_by_name_and_counted()
    {
        _device.Post(_ => throw new InvalidOperationException("broken"));
        _device.Post(async _ =>
        {
            await Task.Yield();
            throw new InvalidOperationException("broken later");
        }, "a transfer");
        Eventually(() => _device.Counters.Faults == 2);
        Eventually(() => _device.Log.Lines.Any(line => line.Contains("asynchronous work threw: a transfer", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_reset_cancels_what_is_in_flight_and_waits_for_its_end()
    {
        var order = new List<string>();
        Task started = Start(async cancellation =>
        {
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Task.Delay(Timeout.Infinite, cancellation));
            await Task.Delay(20, CancellationToken.None);
            lock (order)
                order.Add("ended");
        });
        await started;
        _device.Reset();
        lock (order)
            order.Add("reset");
        Assert.Equal(["ended", "reset"], order);
        Assert.Equal((0, 0), (_device.Counters.Late, _device.Counters.Faults));
        Assert.Equal(["quiesce Reset", "resume"], _device.Heard);
    }

    [Fact]
    public async Task A_cancelled_token_that_is_let_through_is_no_fault()
    {
        await Start(cancellation => Task.Delay(Timeout.Infinite, cancellation));
        _device.Reset();
        Assert.Equal((0, 0), (_device.Counters.Late, _device.Counters.Faults));
    }

    [Fact]
    public async Task What_does_not_end_in_time_is_logged_by_name_and_the_reset_takes_place()
    {
        var never = new TaskCompletionSource();
        await Start(_ => never.Task, "the endless one");
        _device.QuiesceDeadline = TimeSpan.FromMilliseconds(20);
        _device.Write(0, 0, 7);
        _device.Reset();
        Assert.Equal(0, _device.Read(0, 0, 1)[0]);
        Assert.Equal(1, _device.Counters.Late);
        Assert.Contains(_device.Log.Lines, line => line.Contains("the endless one did not end within 0.02 s", StringComparison.Ordinal));

        // The next one does not wait for it again.
        _device.QuiesceDeadline = s_patience;
        _device.Reset();
        Assert.Equal(1, _device.Counters.Late);
        never.SetResult();
    }

    [Fact]
    public async Task A_function_level_reset_is_answered_after_what_was_in_flight_has_ended_and_the_reset_after_that()
    {
        var held = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await Start(async cancellation =>
        {
            await using (cancellation.Register(held.SetResult))
                await held.Task;

            // The end of a transfer, which must not outlive the reset.
            lock (_device.Gate)
                _device.Write(0, 0, 9);
        });
        _device.WriteConfig(_device.FlrOffset, 0x00, 0x80);
        Assert.Equal(0, _device.Read(0, 0, 1)[0]);
        Assert.Equal(["quiesce Reset", "resume"], _device.Heard);
    }

    [Fact]
    public void A_reset_within_a_handler_takes_place_at_once_where_nothing_is_in_flight()
    {
        _device.Write(0, 0, 7);
        lock (_device.Gate)
        {
            _device.Reset();
            Assert.Equal(0, _device.Read(0, 0, 1)[0]);
        }
    }

    [Fact]
    public async Task Work_that_resets_its_own_device_does_not_wait_for_itself()
    {
        var done = new TaskCompletionSource();
        _device.Write(0, 0, 7);
        _device.Post(_ =>
        {
            _device.Reset();
            done.SetResult();
            return Task.CompletedTask;
        });
        await done.Task.WaitAsync(s_patience);
        Assert.Equal((0, 0L), ((int)_device.Read(0, 0, 1)[0], _device.Counters.Late));
    }

    [Fact]
    public async Task A_device_with_threads_of_its_own_says_when_they_have_ended()
    {
        var thread = new TaskCompletionSource();
        _device.Ending = thread.Task;
        Task reset = Task.Run(() => _device.Reset());
        Eventually(() => _device.Heard.Count == 1);
        Assert.NotSame(reset, await Task.WhenAny(reset, Task.Delay(50)));
        thread.SetResult();
        await reset.WaitAsync(s_patience);
    }

    [Fact]
    public void A_hook_that_throws_or_comes_too_late_stops_nobody()
    {
        _device.Ending = Task.FromException(new InvalidOperationException("broken"));
        _device.Reset();
        Assert.Equal((1, 0), (_device.Counters.Faults, _device.Counters.Late));

        _device.Ending = new TaskCompletionSource().Task;
        _device.QuiesceDeadline = TimeSpan.FromMilliseconds(20);
        _device.Reset();
        Assert.Equal((1, 1), (_device.Counters.Faults, _device.Counters.Late));
    }

    [Fact]
    public async Task While_the_device_is_stopped_nothing_begins_and_all_of_it_does_when_it_goes_on()
    {
        int posted = 0, asynchronous = 0, fired = 0;
        DeviceTimer timer = _device.CreateTimer(() => fired++);
        timer.Start(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1));
        Assert.Equal(Errno.None, _device.SetMigrationState(MigrationState.Stop));
        _device.Post(() => posted++);
        _device.Post(_ =>
        {
            Interlocked.Increment(ref asynchronous);
            return Task.CompletedTask;
        });
        _clock.Advance(TimeSpan.FromSeconds(1));
        _clock.Advance(TimeSpan.FromSeconds(10));
        await Task.Delay(50);
        Assert.Equal((0, 0, 0), (posted, Volatile.Read(ref asynchronous), fired));

        Assert.Equal(Errno.None, _device.SetMigrationState(MigrationState.Running));
        Eventually(() =>
        {
            lock (_device.Gate)
                return posted == 1 && Volatile.Read(ref asynchronous) == 1 && fired == 1;
        });
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(2, fired);
        Assert.Equal(["quiesce Stop", "resume"], _device.Heard);
    }

    [Fact]
    public void A_timer_that_is_stopped_while_the_device_is_does_not_fire()
    {
        int fired = 0;
        DeviceTimer timer = _device.CreateTimer(() => fired++);
        timer.Start(TimeSpan.FromSeconds(1));
        _device.SetMigrationState(MigrationState.Stop);
        _clock.Advance(TimeSpan.FromSeconds(2));
        timer.Stop();
        _device.SetMigrationState(MigrationState.Running);
        _clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(0, fired);
    }

    [Fact]
    public async Task What_was_posted_before_a_stop_is_done_by_then()
    {
        int done = 0;
        await Start(async cancellation =>
        {
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Task.Delay(Timeout.Infinite, cancellation));
            _device.Post(() => done++);
        });
        for (int i = 0; i < 100; i++)
            _device.Post(() => done++);
        _device.SetMigrationState(MigrationState.Stop);
        Assert.Equal(101, done);
    }

    [Fact]
    public void A_reset_of_a_stopped_device_drops_what_waits_and_it_stays_stopped()
    {
        int begun = 0;
        _device.SetMigrationState(MigrationState.Stop);
        _device.Post(_ =>
        {
            Interlocked.Increment(ref begun);
            return Task.CompletedTask;
        });
        _device.Reset();
        Assert.True(_device.IsStopped);
        Assert.Equal(["quiesce Stop", "quiesce Reset"], _device.Heard);
        _device.SetMigrationState(MigrationState.Running);
        Assert.Equal("resume", _device.Heard[^1]);
        Assert.Equal(0, begun);
    }

    [Fact]
    public async Task The_end_of_the_device_waits_and_drops_what_comes_later()
    {
        bool ended = false;
        await Start(async cancellation =>
        {
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Task.Delay(Timeout.Infinite, cancellation));
            ended = true;
        });
        _device.Dispose();
        Assert.True(ended);
        _device.Post(_ => throw new InvalidOperationException("It begins after the end."));
        await Task.Delay(20);
        Assert.Equal(0, _device.Counters.Faults);
    }

    private Task Start(Func<CancellationToken, Task> work, string name = "work")
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _device.Post(cancellation =>
        {
            started.SetResult();
            return work(cancellation);
        }, name);
        return started.Task.WaitAsync(s_patience);
    }

    private static void Eventually(Func<bool> condition) => Assert.True(SpinWait.SpinUntil(condition, s_patience));
}
