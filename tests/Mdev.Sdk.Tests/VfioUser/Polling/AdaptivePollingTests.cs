using Mdev.Sdk.Tests.Device;
using Mdev.Sdk.VfioUser.Polling;

namespace Mdev.Sdk.Tests.VfioUser.Polling;

/// <summary>Waits as a thread would have them, on a clock that passes when the test says so.</summary>
public sealed class AdaptivePollingTests
{
    private const double Maximum = 100;

    private readonly ManualClock _clock = new();
    private readonly PollBudget _budget = new(1);
    private readonly AdaptivePolling _polling;

    public AdaptivePollingTests() => _polling = Make(Maximum);

    [Fact]
    public void The_first_wait_is_slept() => Assert.Equal(Waited.Slept, Wait(5));

    [Fact]
    public void After_a_short_wait_the_next_one_is_polled_for_ten_microseconds()
    {
        Wait(5);
        Assert.Equal(Microseconds(10), _polling.Window);
        Assert.Equal(Waited.Polled, Wait(5));
    }

    [Fact]
    public void The_window_grows_where_a_longer_one_would_have_been_enough_and_then_stays()
    {
        Wait(35);
        Assert.Equal(Waited.PolledAndSlept, Wait(35));
        Assert.Equal(Waited.PolledAndSlept, Wait(35));
        Assert.Equal(Microseconds(40), _polling.Window);
        for (int i = 0; i < 100; i++)
            Assert.Equal(Waited.Polled, Wait(35));
        Assert.Equal(Microseconds(40), _polling.Window);
    }

    [Fact]
    public void The_window_grows_to_the_maximum_and_no_further()
    {
        Grow();
        Assert.Equal(Microseconds(Maximum), _polling.Window);
        Assert.Equal(Waited.Polled, Wait(99));
    }

    [Fact]
    public void Long_waits_shrink_the_window_until_nothing_is_polled_any_more()
    {
        Grow();
        int polled = 0;
        for (int i = 0; i < 100; i++)
            polled += Wait(1000) == Waited.PolledAndSlept ? 1 : 0;
        Assert.Equal(4, polled);
        Assert.Equal(TimeSpan.Zero, _polling.Window);
    }

    [Fact]
    public void One_long_wait_does_not_unlearn_what_a_burst_has_taught()
    {
        Grow();
        Wait(1_000_000);
        Assert.Equal(Waited.Polled, Wait(40));
    }

    [Fact]
    public void A_maximum_of_zero_never_polls()
    {
        AdaptivePolling never = Make(0);
        for (int i = 0; i < 10; i++)
            Assert.Equal(Waited.Slept, Wait(1, never));
    }

    [Fact]
    public void A_maximum_below_the_first_window_is_kept()
    {
        AdaptivePolling little = Make(3);
        Wait(2, little);
        Assert.Equal(Microseconds(3), little.Window);
        Assert.Equal(Waited.Polled, Wait(2, little));
    }

    [Fact]
    public void A_core_that_another_thread_wants_is_left_to_it_for_as_long_as_it_took()
    {
        Grow();
        Assert.Equal(Waited.Polled, Wait(20, wanted: true));
        Assert.Equal(Waited.Slept, Wait(20));
        Assert.Equal(Waited.Polled, Wait(20));
    }

    [Fact]
    public void A_core_that_is_always_wanted_is_left_for_twice_as_long_each_time_up_to_the_longest_pause()
    {
        Grow();
        const int Longest = 2500;
        Assert.Equal(AdaptivePolling.LongestPause, Longest * Microseconds(20));
        foreach (int pause in (int[])[1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 2048, Longest, Longest, Longest])
        {
            Assert.Equal(Waited.Polled, Wait(20, wanted: true));
            for (int i = 0; i < pause; i++)
                Assert.Equal(Waited.Slept, Wait(20));
        }
    }

    [Fact]
    public void A_core_that_nobody_wants_any_more_is_polled_again_after_one_pause()
    {
        Grow();
        for (int i = 0; i < 50; i++)
        {
            Wait(20, wanted: true);
            _clock.Advance(AdaptivePolling.LongestPause);
        }

        // Soon one disturbance is again no more than one.
        for (int i = 0; i < 12; i++)
            Assert.Equal(Waited.Polled, Wait(20));
        Assert.Equal(Waited.Polled, Wait(20, wanted: true));
        Assert.Equal(Waited.Slept, Wait(20));
        Assert.Equal(Waited.Polled, Wait(20));
    }

    [Fact]
    public void A_core_that_is_wanted_now_and_then_stays_polled()
    {
        Grow();
        int polled = 0;
        for (int i = 0; i < 1000; i++)
            polled += Wait(20, wanted: i % 10 == 0) == Waited.Polled ? 1 : 0;
        Assert.InRange(polled, 850, 1000);
    }

    [Fact]
    public void A_core_that_is_wanted_while_nothing_comes_is_left_too()
    {
        Grow();
        Assert.Equal(Waited.PolledAndSlept, Wait(150, wanted: true));
        Assert.Equal(Waited.Slept, Wait(20));
    }

    [Fact]
    public void No_pause_lasts_longer_than_the_longest()
    {
        Grow();
        for (int i = 0; i < 10; i++)
        {
            // The core is away for a long time, and then the message is there.
            Assert.True(_polling.Begin());
            _clock.Advance(TimeSpan.FromMilliseconds(10));
            _polling.Hit(wanted: true);
            _clock.Advance(AdaptivePolling.LongestPause);
        }
        Assert.Equal(Waited.Polled, Wait(20));
    }

    [Fact]
    public void A_client_that_can_send_only_while_the_thread_sleeps_ends_the_polling()
    {
        // However long the thread polls, the message comes 2 us after it has given up.
        Wait(5);
        int polled = 0;
        for (int i = 0; i < 10_000; i++)
            polled += Wait(_polling.Window.TotalMicroseconds + 2) == Waited.PolledAndSlept ? 1 : 0;
        Assert.InRange(polled, AdaptivePolling.MostNearMisses, 400);
    }

    [Fact]
    public void After_a_near_miss_too_many_one_more_makes_a_pause_and_a_hit_forgives_all()
    {
        Wait(5);
        for (int i = 0; i < AdaptivePolling.MostNearMisses; i++)
            Assert.Equal(Waited.PolledAndSlept, Wait(_polling.Window.TotalMicroseconds + 2));
        Assert.Equal(Waited.Slept, Wait(5));

        _clock.Advance(AdaptivePolling.LongestPause);
        Assert.Equal(Waited.PolledAndSlept, Wait(_polling.Window.TotalMicroseconds + 2));
        Assert.Equal(Waited.Slept, Wait(5));

        _clock.Advance(AdaptivePolling.LongestPause);
        Assert.Equal(Waited.Polled, Wait(5));
        Assert.Equal(Waited.PolledAndSlept, Wait(_polling.Window.TotalMicroseconds + 2));
        Assert.Equal(Waited.Polled, Wait(5));
    }

    [Fact]
    public void A_message_that_is_there_at_once_changes_nothing()
    {
        Grow();
        for (int i = 0; i < 100; i++)
            Assert.Equal(Waited.NotAtAll, Wait(0));
        Assert.Equal(Microseconds(Maximum), _polling.Window);
    }

    [Fact]
    public void Who_has_no_place_in_the_budget_sleeps()
    {
        AdaptivePolling other = Make(Maximum);
        Wait(5);
        Wait(5, other);
        Assert.Equal(Waited.Polled, Wait(5));
        Assert.Equal(Waited.Slept, Wait(5, other));
        Assert.Equal(Microseconds(10), other.Window);
    }

    [Fact]
    public void A_place_in_the_budget_is_given_back_by_whoever_sleeps_pauses_or_ends()
    {
        AdaptivePolling other = Make(Maximum);
        Wait(5);
        Wait(5, other);

        Wait(5);
        Wait(1000);
        Assert.Equal(Waited.Polled, Wait(5, other));
        Wait(5, other, wanted: true);
        Wait(5);
        Assert.Equal(Waited.Polled, Wait(5));
        _polling.End();
        _clock.Advance(AdaptivePolling.LongestPause);
        Assert.Equal(Waited.Polled, Wait(5, other));
    }

    private AdaptivePolling Make(double maximum) => new(Microseconds(maximum), _budget, _clock);

    private void Grow()
    {
        for (int i = 0; i < 5; i++)
            Wait(95);
    }

    private Waited Wait(double time, bool wanted = false) => Wait(time, _polling, wanted);

    // What MessageStream does, for a message that comes after a time, in steps of a microsecond.
    private Waited Wait(double time, AdaptivePolling polling, bool wanted = false)
    {
        bool polled = polling.Begin();
        if (polled && time == 0)
            return Waited.NotAtAll;
        double passed = 0;
        while (polled && polling.GoesOn())
        {
            _clock.Advance(Microseconds(1));
            if (++passed >= time)
            {
                polling.Hit(wanted);
                return Waited.Polled;
            }
        }
        if (polled)
            polling.GiveUp(wanted);
        _clock.Advance(Microseconds(time - passed));
        polling.Woke();
        return polled ? Waited.PolledAndSlept : Waited.Slept;
    }

    private static TimeSpan Microseconds(double time) => TimeSpan.FromMicroseconds(time);

    private enum Waited
    {
        NotAtAll,
        Polled,
        PolledAndSlept,
        Slept,
    }
}
