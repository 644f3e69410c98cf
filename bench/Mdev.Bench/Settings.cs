using Mdev.Bench.Servers;

namespace Mdev.Bench;

/// <summary>What all questions go by.</summary>
/// <param name="Place">Where sockets go.</param>
/// <param name="IsQuick">Fewer rounds: good enough to see that it works, and no more.</param>
/// <param name="Peer">Another server to measure beside the floor; <see langword="null"/> for none.</param>
internal sealed record Settings(Workplace Place, bool IsQuick, Peer? Peer)
{
    public int Rounds(int usual) => IsQuick ? Math.Max(3, usual / 5) : usual;
}
