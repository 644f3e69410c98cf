namespace Mdev.Sdk.Bridge.Fuse;

/// <summary>The nodes that the kernel knows by number, each until it has forgotten it as often as it was told it. Thread-safe.</summary>
internal sealed class NodeTable
{
    public const ulong RootNumber = 1;

    private readonly Lock _gate = new();
    private readonly Dictionary<ulong, (FuseNode Node, ulong Lookups)> _nodes = [];
    private readonly FuseNode _root;

    public NodeTable(FuseNode root) => _root = root;

    public ulong NumberOf(FuseNode node) => node == _root ? RootNumber : node.Number;

    public FuseNode? Find(ulong number)
    {
        if (number == RootNumber)
            return _root;
        lock (_gate)
            return _nodes.TryGetValue(number, out var entry) ? entry.Node : null;
    }

    /// <summary>The kernel is told of a node once more.</summary>
    public void Tell(FuseNode node)
    {
        if (node == _root)
            return;
        lock (_gate)
            _nodes[node.Number] = (node, _nodes.TryGetValue(node.Number, out var entry) ? entry.Lookups + 1 : 1);
    }

    public void Forget(ulong number, ulong lookups)
    {
        lock (_gate)
        {
            if (!_nodes.TryGetValue(number, out var entry))
                return;
            if (entry.Lookups <= lookups)
                _nodes.Remove(number);
            else
                _nodes[number] = (entry.Node, entry.Lookups - lookups);
        }
    }
}
