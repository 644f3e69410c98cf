using Mdev.Sdk.Bridge.Fuse;

namespace Mdev.Sdk.Bridge.Files;

/// <summary>A folder that things are put into and taken out of. Thread-safe.</summary>
internal sealed class Folder : FuseDirectory
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, FuseNode> _nodes = new(StringComparer.Ordinal);

    public override FuseNode? Find(string name)
    {
        lock (_gate)
            return _nodes.GetValueOrDefault(name);
    }

    public override IReadOnlyList<string> List()
    {
        lock (_gate)
            return [.. _nodes.Keys];
    }

    /// <summary>Puts something in, in the place of what had the name.</summary>
    public Folder Add(string name, FuseNode node)
    {
        lock (_gate)
            _nodes[name] = node;
        return this;
    }

    /// <summary>The folder of a name, made if there is none.</summary>
    public Folder FolderAt(string name)
    {
        lock (_gate)
        {
            if (_nodes.TryGetValue(name, out FuseNode? node) && node is Folder there)
                return there;
            var made = new Folder();
            _nodes[name] = made;
            return made;
        }
    }

    /// <summary>Takes something out. The kernel may still know it; <see cref="FuseServer.Forget"/>.</summary>
    public bool Remove(string name)
    {
        lock (_gate)
            return _nodes.Remove(name);
    }
}
