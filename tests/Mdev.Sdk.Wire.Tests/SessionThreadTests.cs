using Mdev.Sdk.VfioUser.Sessions;

namespace Mdev.Sdk.Wire.Tests;

public sealed class SessionThreadTests
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Every_client_is_served_once_on_a_thread_with_its_name_however_many_come_and_go()
    {
        int served = 0;
        await Parallel.ForAsync(0, 8, async (client, cancellation) =>
        {
            for (int i = 0; i < 200; i++)
            {
                string name = $"test/{client}-{i}", seen = "";
                TaskCompletionSource ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
                SessionThread.Serve(
                    name,
                    () =>
                    {
                        seen = Thread.CurrentThread.Name!;
                        Interlocked.Increment(ref served);
                    },
                    ended.SetResult);
                await ended.Task.WaitAsync(s_patience, cancellation);
                Assert.Equal(name, seen);
            }
        });
        Assert.Equal(1600, served);
    }

    [Fact]
    public async Task Clients_at_the_same_time_have_threads_of_their_own()
    {
        using Barrier together = new(4);
        IEnumerable<Task<bool>> served = Enumerable.Range(0, 4).Select(_ =>
        {
            TaskCompletionSource<bool> ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
            bool met = false;
            SessionThread.Serve("test", () => met = together.SignalAndWait(s_patience), () => ended.SetResult(met));
            return ended.Task;
        });
        Assert.DoesNotContain(false, await Task.WhenAll(served));
    }
}
