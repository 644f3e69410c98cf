namespace Mdev.Sdk.Tests.CharDevices;

public sealed class WaitQueueHeadTests
{
    private readonly WaitQueueHead _queue = new();
    private readonly Action _woken;
    private int _told;

    public WaitQueueHeadTests()
    {
        _woken = () => _told++;
        _queue.Connect(_woken);
    }

    [Fact]
    public void Nobody_is_told_who_does_not_wait()
    {
        _queue.WakeUp();
        Assert.Equal(0, _told);
    }

    [Fact]
    public void Who_waits_is_told_once()
    {
        _queue.Prepare();
        _queue.Prepare();
        _queue.WakeUp();
        _queue.WakeUp();
        Assert.Equal(1, _told);
    }

    [Fact]
    public void Who_waits_again_from_within_is_told_again()
    {
        _queue.Connect(_queue.Prepare);
        _queue.Prepare();
        _queue.WakeUp();
        _queue.WakeUp();
        Assert.Equal(2, _told);
    }

    [Fact]
    public void A_device_that_is_served_in_two_places_wakes_both_and_then_the_one_that_is_left()
    {
        int others = 0;
        _queue.Connect(() => others++);
        _queue.Prepare();
        _queue.WakeUp();
        _queue.Disconnect(_woken);
        _queue.Prepare();
        _queue.WakeUp();
        Assert.Equal((1, 2), (_told, others));
    }

    [Fact]
    public void A_change_and_a_wait_without_a_lock_never_miss_each_other()
    {
        // Both begin a round at once, and spin until they do: only then can either overtake itself. A change that is neither seen nor told is lost.
        const int Rounds = 100_000;
        int begun = 0, ended = 0, told = 0, missed = 0;

        // Alone in its line of the cache, whose way to the changer's core takes longer than the rest.
        int[] memory = new int[64];
        ref int changed = ref memory[32];
        _queue.Connect(() => Volatile.Write(ref told, 1));
        var changer = new Thread(() =>
        {
            for (int round = 1; round <= Rounds; round++)
            {
                Await(ref begun, round);
                memory[32] = 1;
                _queue.WakeUp();
                Volatile.Write(ref ended, round);
            }
        });
        changer.Start();
        for (int round = 1; round <= Rounds; round++)
        {
            (changed, told) = (0, 0);
            Volatile.Write(ref begun, round);
            for (int delay = round % 256; delay > 0; delay--)
                Volatile.Read(ref changed);
            _queue.Prepare();
            bool saw = Volatile.Read(ref changed) != 0;
            Await(ref ended, round);
            missed += saw || Volatile.Read(ref told) != 0 ? 0 : 1;
            _queue.WakeUp();
        }

        changer.Join();
        Assert.Equal(0, missed);

        static void Await(ref int counter, int wanted)
        {
            for (int spins = 1; Volatile.Read(ref counter) != wanted; spins++)
            {
                if (spins % 1000 == 0)
                    Thread.Yield();
            }
        }
    }
}
