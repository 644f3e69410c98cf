using Mdev.Sdk.Migration;

namespace Mdev.Sdk.Tests.Migration;

/// <summary>The way between any two states. Source: linux/vfio.h, "enum vfio_device_mig_state".</summary>
public sealed class MigrationArcsTests
{
    private const MigrationSupport All = MigrationSupport.StopCopy | MigrationSupport.PreCopy;

    private static readonly (MigrationState From, MigrationState To)[] s_arcs =
    [
        (MigrationState.Running, MigrationState.Stop), (MigrationState.Stop, MigrationState.Running),
        (MigrationState.Stop, MigrationState.StopCopy), (MigrationState.StopCopy, MigrationState.Stop),
        (MigrationState.Stop, MigrationState.Resuming), (MigrationState.Resuming, MigrationState.Stop),
        (MigrationState.Running, MigrationState.PreCopy), (MigrationState.PreCopy, MigrationState.Running),
        (MigrationState.PreCopy, MigrationState.StopCopy),
    ];

    public static TheoryData<uint, uint> Pairs()
    {
        var pairs = new TheoryData<uint, uint>();
        for (uint from = 0; from < 10; from++)
        {
            for (uint to = 0; to < 10; to++)
            {
                if (from != to)
                    pairs.Add(from, to);
            }
        }
        return pairs;
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public void The_way_is_the_shortest_that_leads_through_no_saving_state(uint from, uint to)
    {
        foreach (MigrationSupport support in (MigrationSupport[])[MigrationSupport.StopCopy, All])
            Assert.Equal(Search((MigrationState)from, (MigrationState)to, support), Walk((MigrationState)from, (MigrationState)to, support));
    }

    [Fact]
    public void Nothing_leads_to_error_out_of_it_or_to_peer_to_peer()
    {
        foreach (MigrationState state in Enum.GetValues<MigrationState>())
        {
            foreach (MigrationState never in (MigrationState[])[MigrationState.Error, MigrationState.RunningPeerToPeer, MigrationState.PreCopyPeerToPeer, (MigrationState)0xabcd])
            {
                Assert.False(MigrationArcs.TryNext(state, never, All, out _));
                Assert.False(MigrationArcs.TryNext(never, state, All, out _));
            }
        }
    }

    [Fact]
    public void What_a_device_does_not_support_it_does_not_enter()
    {
        Assert.False(MigrationArcs.TryNext(MigrationState.Running, MigrationState.PreCopy, MigrationSupport.StopCopy, out _));
        Assert.False(MigrationArcs.TryNext(MigrationState.Stop, MigrationState.Resuming, 0, out _));
        Assert.False(MigrationArcs.TryNext(MigrationState.Stop, MigrationState.StopCopy, 0, out _));
        Assert.True(MigrationArcs.TryNext(MigrationState.Stop, MigrationState.Running, 0, out _));
    }

    private static List<MigrationState>? Walk(MigrationState from, MigrationState to, MigrationSupport support)
    {
        var way = new List<MigrationState>();
        while (from != to)
        {
            if (!MigrationArcs.TryNext(from, to, support, out MigrationState next))
                return null;
            Assert.Contains((from, next), s_arcs);
            way.Add(from = next);
        }
        return way;
    }

    // Breadth first. Where the kernel's own table has no way, from STOP_COPY to PRE_COPY, there is none here.
    private static List<MigrationState>? Search(MigrationState from, MigrationState to, MigrationSupport support)
    {
        if ((from, to) == (MigrationState.StopCopy, MigrationState.PreCopy))
            return null;
        if (!support.HasFlag(MigrationSupport.PreCopy) && (from == MigrationState.PreCopy || to == MigrationState.PreCopy))
            return null;
        var queue = new Queue<List<MigrationState>>();
        queue.Enqueue([from]);
        while (queue.TryDequeue(out List<MigrationState>? way))
        {
            if (way[^1] == to)
                return way[1..];
            if (way.Count > 1 && way[^1] is MigrationState.PreCopy or MigrationState.StopCopy && way[^1] != from)
                continue;
            foreach ((_, MigrationState next) in s_arcs.Where(arc => arc.From == way[^1]))
            {
                if (!way.Contains(next))
                    queue.Enqueue([.. way, next]);
            }
        }
        return null;
    }
}
