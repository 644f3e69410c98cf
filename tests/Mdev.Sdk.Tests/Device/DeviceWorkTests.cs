using Mdev.Sdk.Device;

namespace Mdev.Sdk.Tests.Device;

/// <summary>Posted work and timers.</summary>
public sealed class DeviceWorkTests : IDisposable
{
    private readonly ManualClock _clock = new();
    private readonly ScratchDevice _device;
    private int _fired;

    public DeviceWorkTests() => _device = new ScratchDevice { Clock = _clock };

    public void Dispose() => _device.Dispose();

    [Fact]
    public void Posted_work_runs_in_its_order_on_the_devices_lock()
    {
        var order = new List<int>();
        using var done = new ManualResetEventSlim();
        lock (_device.Gate)
        {
            for (int i = 0; i < 100; i++)
            {
                int number = i;
                _device.Post(() => order.Add(_device.Gate.IsHeldByCurrentThread ? number : -1));
            }
            _device.Post(done.Set);
            Assert.Empty(order);
        }
        Assert.True(done.Wait(TimeSpan.FromSeconds(30)));
        Assert.Equal(Enumerable.Range(0, 100), order);
    }

    [Fact]
    public void Work_that_throws_is_logged_and_the_next_runs()
    {
        using var done = new ManualResetEventSlim();
        _device.Post(() => throw new InvalidOperationException("broken"));
        _device.Post(done.Set);
        Assert.True(done.Wait(TimeSpan.FromSeconds(30)));
        Assert.Equal(1, _device.Counters.Faults);
        Assert.Contains(_device.Log.Lines, line => line.StartsWith("Error: ", StringComparison.Ordinal));
    }

    [Fact]
    public void A_timer_fires_once_when_it_is_due()
    {
        DeviceTimer timer = _device.CreateTimer(() => _fired++);
        timer.Start(TimeSpan.FromSeconds(5));
        _clock.Advance(TimeSpan.FromSeconds(4));
        Assert.Equal(0, _fired);
        _clock.Advance(TimeSpan.FromSeconds(1));
        _clock.Advance(TimeSpan.FromSeconds(60));
        Assert.Equal(1, _fired);
        Assert.False(timer.IsRunning);
    }

    [Fact]
    public void A_timer_goes_by_the_systems_clock_unless_a_test_moves_one()
    {
        using var device = new ScratchDevice();
        using var fired = new ManualResetEventSlim();
        device.CreateTimer(fired.Set).Start(TimeSpan.FromMilliseconds(20));
        Assert.True(fired.Wait(TimeSpan.FromSeconds(30)));
    }

    [Fact]
    public void A_timer_with_a_period_fires_until_it_is_stopped()
    {
        DeviceTimer timer = _device.CreateTimer(() => _fired++);
        timer.Start(TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(1));
        for (int i = 0; i < 5; i++)
            _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(4, _fired);
        timer.Stop();
        _clock.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(4, _fired);
    }

    [Fact]
    public void A_timer_that_is_started_again_starts_afresh()
    {
        DeviceTimer timer = _device.CreateTimer(() => _fired++);
        timer.Start(TimeSpan.FromSeconds(2));
        _clock.Advance(TimeSpan.FromSeconds(1));
        timer.Start(TimeSpan.FromSeconds(2));
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(0, _fired);
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(1, _fired);
    }

    [Fact]
    public void Nothing_runs_after_the_end_of_the_device()
    {
        DeviceTimer timer = _device.CreateTimer(() => _fired++);
        timer.Start(TimeSpan.FromSeconds(1));
        _device.Dispose();
        _clock.Advance(TimeSpan.FromSeconds(10));
        timer.Start(TimeSpan.Zero);
        _device.Post(() => _fired++);
        _clock.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(0, _fired);
    }

    [Fact]
    public void A_look_at_the_registers_and_a_dump_touch_nothing()
    {
        byte[] one = new byte[1];
        Assert.True(_device.Peek(0, 0, one));
        Assert.False(_device.Peek(0, 16, one));
        Assert.False(_device.Poke(8, 0, one));
        using var text = new StringWriter();
        _device.Dump(text);
        Assert.Contains("region 0 0x0003 Scratch.R3 = 0x00", text.ToString(), StringComparison.Ordinal);
        Assert.Empty(((ScratchBlock)_device.Block).Accesses);
        Assert.Equal(0, _device.Counters.Unclaimed);
    }
}
