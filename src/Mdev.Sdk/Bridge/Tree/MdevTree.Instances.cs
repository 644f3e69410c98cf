using Mdev.Sdk.Bridge.Files;
using Mdev.Sdk.Interop;
using Mdev.Sdk.Pci;

namespace Mdev.Sdk.Bridge.Tree;

internal sealed partial class MdevTree
{
    void IInstanceService.Start(MdevInstance instance)
    {
        Guid uuid = instance.Uuid;

        // A UUID is one machine's, not one process's; a link to a parent that nobody has is left of a process that was killed.
        string link = _layout.MdevLink(uuid);
        if (IsOfAnother(link))
            throw new MdevException(Errno.EEXIST, $"Another process has an instance {uuid}, at {link}.");

        var tree = new InstanceTree(instance, interrupted => RemoveAsync(uuid, interrupted));
        lock (_gate)
            _instances.Add(uuid, tree);
    }

    // Nobody uses an instance by its files. But from here on they are as the kernel has them while a removal waits.
    Task IInstanceService.WhenUnused(MdevInstance instance, CancellationToken cancel)
    {
        lock (_gate)
        {
            if (_instances.TryGetValue(instance.Uuid, out InstanceTree? tree))
            {
                tree.Leave();
                if (_parents.TryGetValue(instance.Type.Parent, out ParentTree? parent))
                    parent.HideAsDevice(tree);
                tree.GivenUp.Unregister();
                tree.GivenUp = cancel.Register(() => Return(instance.Uuid));
            }
        }
        return Task.CompletedTask;
    }

    void IInstanceService.Stop(MdevInstance instance)
    {
        InstanceTree? tree;
        lock (_gate)
        {
            if (!_instances.TryGetValue(instance.Uuid, out tree))
                return;
        }
        Hide(tree);
        lock (_gate)
            _instances.Remove(instance.Uuid);
        tree.GivenUp.Unregister();
        tree.Guard.Close();
    }

    void IInstanceService.Show(MdevInstance instance)
    {
        InstanceTree? tree;
        lock (_gate)
        {
            // Somebody may have removed it already.
            if (!_instances.TryGetValue(instance.Uuid, out tree) || tree.Instance != instance)
                return;
            tree.IsComplete = true;
        }
        Show(tree);
    }

    private void Changed(MdevBusEvent happened)
    {
        if (happened.Kind == MdevBusEventKind.ParentUnregistered)
            Unpublish(happened.Parent);
    }

    private async Task RemoveAsync(Guid uuid, CancellationToken interrupted)
    {
        try
        {
            await _bus!.RemoveAsync(uuid, RemoveMode.Request, deadline: null, interrupted).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            Return(uuid);
            throw;
        }
    }

    // A removal was given up: the instance is as before.
    private void Return(Guid uuid)
    {
        lock (_gate)
        {
            // The next removal may have begun; this one's end is not its.
            if (!_instances.TryGetValue(uuid, out InstanceTree? tree) || !tree.IsLeaving || !tree.GivenUp.Token.IsCancellationRequested)
                return;
            tree.Return();
            if (tree.IsShown && _parents.TryGetValue(tree.Instance.Type.Parent, out ParentTree? parent))
                parent.ShowAsDevice(tree);
        }
    }

    private void Show(InstanceTree tree)
    {
        lock (_gate)
        {
            MdevInstance instance = tree.Instance;
            if (tree.IsShown || !tree.IsComplete || _instances.GetValueOrDefault(instance.Uuid) != tree
                || !_parents.TryGetValue(instance.Type.Parent, out ParentTree? parent))
            {
                return;
            }
            tree.IsShown = true;
            parent.Show(tree);

            // After what they lead to, so that nobody finds them leading nowhere.
            using FolderLock? alone = FolderLock.TryTake(_layout.Root);
            string target = TreeLayout.BusTarget(instance.Type.Parent, instance.Uuid);
            string link = _layout.MdevLink(instance.Uuid);
            if (IsOfNobody(link))
                Removal.OfFile(link);
            if (SymbolicLink.Make(link, target) is not Errno.None and Errno error)
                TreeLog.NoLink(_logger, instance.Uuid, link, error);
            if (instance.Device is PciDevice)
                TakeAddress(tree);
        }
    }

    private bool IsOfAnother(string link)
    {
        if (TreeLayout.ParentOf(link) is not { } parent)
            return false;
        using FolderLock? alone = FolderLock.TryTake(_layout.Root);
        return Claim.IsHeld(_layout.Claim(parent));
    }

    private bool IsOfNobody(string link) => TreeLayout.ParentOf(link) is { } parent && !Claim.IsHeld(_layout.Claim(parent));

    private void TakeAddress(InstanceTree tree)
    {
        MdevInstance instance = tree.Instance;
        tree.PciLink = _addresses.Take(TreeLayout.PciTarget(instance.Type.Parent, instance.Uuid), out Errno error);
        if (tree.PciLink is not null)
            return;
        if (error == Errno.EEXIST)
            TreeLog.NoAddress(_logger, instance.Uuid);
        else
            TreeLog.NoLink(_logger, instance.Uuid, _layout.PciFolder, error);
    }

    private void Hide(InstanceTree tree)
    {
        lock (_gate)
        {
            if (!tree.IsShown)
                return;
            tree.IsShown = false;
            MdevInstance instance = tree.Instance;
            MdevParent of = instance.Type.Parent;

            // Before what they lead to, as they were made after it.
            SymbolicLink.Remove(_layout.MdevLink(instance.Uuid), TreeLayout.BusTarget(of, instance.Uuid));
            if (tree.PciLink is { } link)
                SymbolicLink.Remove(link, TreeLayout.PciTarget(of, instance.Uuid));
            if (_parents.TryGetValue(of, out ParentTree? parent))
                parent.Hide(tree);
        }
    }
}
