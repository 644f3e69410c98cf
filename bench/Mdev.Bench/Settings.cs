using Mdev.Bench.Servers;

namespace Mdev.Bench;

/// <summary>What all questions go by.</summary>
/// <param name="Place">Where sockets go.</param>
/// <param name="IsQuick">Fewer rounds: good enough to see that it works, and no more.</param>
/// <param name="Peers">Other servers to measure beside the floor.</param>
internal sealed record Settings(Workplace Place, bool IsQuick, IReadOnlyList<Peer> Peers)
{
    /// <summary>The first of the peers, for a figure that has room for one; <see langword="null"/> for none.</summary>
    public Peer? Peer => Peers.Count == 0 ? null : Peers[0];

    public int Rounds(int usual) => IsQuick ? Math.Max(3, usual / 5) : usual;
}
