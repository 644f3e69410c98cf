using Mdev.Sdk.VfioUser.Polling;

namespace Mdev.Sdk.Tests.VfioUser.Polling;

public sealed class PollBudgetTests
{
    [Fact]
    public void As_many_enter_as_there_are_places()
    {
        var budget = new PollBudget(2);
        Assert.True(budget.TryEnter());
        Assert.True(budget.TryEnter());
        Assert.False(budget.TryEnter());
        budget.Leave();
        Assert.True(budget.TryEnter());
        Assert.False(budget.TryEnter());
    }

    [Fact]
    public void Without_places_nobody_enters() => Assert.False(new PollBudget(0).TryEnter());

    [Fact]
    public void Many_threads_at_once_are_never_more_than_the_places_and_lose_none()
    {
        var budget = new PollBudget(3);
        int inside = 0, most = 0;
        Parallel.For(0, 100_000, _ =>
        {
            if (!budget.TryEnter())
                return;
            int now = Interlocked.Increment(ref inside);
            for (int seen = Volatile.Read(ref most); now > seen; seen = Volatile.Read(ref most))
                Interlocked.CompareExchange(ref most, now, seen);
            Interlocked.Decrement(ref inside);
            budget.Leave();
        });
        Assert.InRange(most, 1, 3);
        for (int i = 0; i < 3; i++)
            Assert.True(budget.TryEnter());
        Assert.False(budget.TryEnter());
    }
}
