using Mdev.Sdk.Bridge.Files;
using Mdev.Sdk.Interop;
using Mdev.Sdk.Pci;
using Microsoft.Extensions.Logging;

namespace Mdev.Sdk.Bridge.Tree;

/// <summary>
/// The sysfs tree of this process's parents below a folder that it shares with other host processes: what mdevctl and lspci read
/// and write. An instance is there when its creation returns, and gone when its removal returns.
/// </summary>
/// <remarks>Register it with the bus after whoever serves the instances, and <see cref="Attach"/> it. Thread-safe.</remarks>
internal sealed partial class MdevTree : IInstanceService, IDisposable
{
    private readonly Lock _gate = new();
    private readonly Dictionary<MdevParent, ParentTree> _parents = [];
    private readonly Dictionary<MdevParent, Claim> _claims = [];
    private readonly Dictionary<Guid, InstanceTree> _instances = [];
    private readonly TreeLayout _layout;
    private readonly PciAddresses _addresses;
    private readonly ILogger _logger;
    private MdevBus? _bus;

    /// <summary>A tree that shows nothing yet.</summary>
    /// <param name="root">The folder; made when the first parent is published.</param>
    /// <param name="logger">Receives what cannot be shown.</param>
    public MdevTree(string root, ILogger logger)
    {
        (_layout, _logger) = (new TreeLayout(Path.GetFullPath(root)), logger);
        _addresses = new PciAddresses(_layout);
    }

    /// <summary>Follows a bus, and is how tools write to it. Once.</summary>
    public void Attach(MdevBus bus)
    {
        _bus = bus;
        bus.Changed += Changed;
    }

    /// <summary>Shows a parent, its types and its instances, until it is unregistered.</summary>
    /// <exception cref="MdevException">EEXIST: a parent of this name is in the tree. EINVAL: the name cannot be a folder's.</exception>
    /// <exception cref="IOException">Nothing can be mounted; the message says what to do.</exception>
    public void Publish(MdevParent parent)
    {
        if (!IsFileName(parent.Name) || !IsFileName(parent.Driver))
            throw new MdevException(Errno.EINVAL, $"{parent.Driver}/{parent.Name} cannot be the name of a folder.");
        _layout.Make();
        TreeSweeper.Sweep(_layout.Root);
        lock (_gate)
        {
            using FolderLock alone = FolderLock.Take(_layout.Root);
            string path = _layout.ParentFolder(parent), link = _layout.ClassLink(parent), target = TreeLayout.ClassTarget(parent);
            string place = _layout.Claim(parent.Name);
            Claim claim = Claim.TryTake(place)
                ?? throw new MdevException(Errno.EEXIST, $"Another process has a parent {parent.Name}: it holds {place}.");
            if (SymbolicLink.Make(link, target) is not Errno.None and Errno error)
            {
                claim.Dispose();
                throw error == Errno.EEXIST
                    ? new MdevException(Errno.EEXIST, $"A parent {parent.Name} of another driver is at {link}.")
                    : new IOException($"Cannot make the link {link}: {error}.");
            }
            try
            {
                Directory.CreateDirectory(path);
                _parents.Add(parent, new ParentTree(parent, path, (type, uuid) => _bus!.Create(type, uuid), _logger));
                _claims.Add(parent, claim);
            }
            catch (Exception e)
            {
                claim.Dispose();
                SymbolicLink.Remove(link, target);
                RemoveFolders(path);
                if (e is UnauthorizedAccessException)
                    throw new IOException($"Cannot make {path}: {e.Message}", e);
                throw;
            }
        }
        foreach (InstanceTree instance in InstancesOf(parent))
            Show(instance);
    }

    /// <summary>Takes a parent out of the tree; nothing if it is not in it.</summary>
    public void Unpublish(MdevParent parent)
    {
        ParentTree? tree;
        Claim? claim;
        lock (_gate)
        {
            if (!_parents.ContainsKey(parent))
                return;
        }
        foreach (InstanceTree instance in InstancesOf(parent))
            Hide(instance);
        lock (_gate)
        {
            if (!_parents.Remove(parent, out tree) || !_claims.Remove(parent, out claim))
                return;
        }

        tree.Dispose();
        using FolderLock? alone = FolderLock.TryTake(_layout.Root);
        SymbolicLink.Remove(_layout.ClassLink(parent), TreeLayout.ClassTarget(parent));
        RemoveFolders(tree.Path);
        claim.Dispose();
    }

    /// <summary>What somebody has taken away, a sentence each.</summary>
    public IEnumerable<string> Failures()
    {
        lock (_gate)
        {
            return [.. _parents.Where(p => !p.Value.IsServing).Select(p =>
                $"{p.Value.Path} was unmounted: no tool finds {p.Key.Name}; restart the host.")];
        }
    }

    /// <summary>Takes everything out of the tree that is in it for this process.</summary>
    public void Dispose()
    {
        if (_bus is { } bus)
            bus.Changed -= Changed;
        MdevParent[] parents;
        lock (_gate)
            parents = [.. _parents.Keys];
        foreach (MdevParent parent in parents)
            Unpublish(parent);
    }

    private List<InstanceTree> InstancesOf(MdevParent parent)
    {
        lock (_gate)
            return [.. _instances.Values.Where(i => i.Instance.Type.Parent == parent)];
    }

    private static bool IsFileName(string name) =>
        name is not ("" or "." or "..") && !name.Contains('/', StringComparison.Ordinal) && !name.Contains('\0', StringComparison.Ordinal);

    // The driver's folder goes with its last parent.
    private static void RemoveFolders(string path)
    {
        Removal.OfFolder(path);
        Removal.OfFolder(Path.GetDirectoryName(path)!);
    }
}
