using Mdev.Sdk.Bridge.Files;
using System.Text;
using Mdev.Sdk.Bridge.Fuse;
using Mdev.Sdk.Pci;

namespace Mdev.Sdk.Bridge.Tree;

/// <summary>An instance's folder, and how far the instance has come. Guarded by the tree's lock, but for <see cref="Guard"/>.</summary>
internal sealed class InstanceTree
{
    public const string RemoveFile = "remove", TypeLink = "mdev_type";

    private readonly FuseFile _remove;
    private readonly FuseLink _type;

    public InstanceTree(MdevInstance instance, Func<CancellationToken, Task> remove)
    {
        Instance = instance;
        _type = new FuseLink($"../mdev_supported_types/{instance.Type.Id}");
        _remove = new AttributeFile(null, (bytes, interrupted) =>
            !KernelNumber.TryParse(Encoding.Latin1.GetString(bytes.Span), out ulong number) ? throw new FuseException(Errno.EINVAL)
            : number == 0 ? Task.CompletedTask
            : remove(interrupted));
        VendorAttributes.AddTo(Folder, instance.Attributes, Guard);

        // In a folder of their own, or mtty's vendor/sample_mdev_dev would lie below the file that says who made a PCI device.
        if (instance.Device is PciDevice device)
            PciFiles.AddTo(Folder.FolderAt(TreeLayout.PciView), device, Guard);
        Return();
    }

    public MdevInstance Instance { get; }

    public Folder Folder { get; } = new();

    public CallGuard Guard { get; } = new();

    public string Name => Instance.Uuid.ToString();

    /// <summary>Whether the bus has it: it is shown where its parent is.</summary>
    public bool IsComplete { get; set; }

    /// <summary>Whether it is shown.</summary>
    public bool IsShown { get; set; }

    /// <summary>Whether its removal has begun, and waits for its user.</summary>
    public bool IsLeaving { get; private set; }

    /// <summary>Its link among the PCI devices; <see langword="null"/> if it has none.</summary>
    public string? PciLink { get; set; }

    /// <summary>Told when the removal that has begun is given up.</summary>
    public CancellationTokenRegistration GivenUp { get; set; }

    /// <summary>Its removal begins: what the kernel takes away before it asks the driver. Source: mdev_device_remove, mdev_remove_sysfs_files.</summary>
    public void Leave()
    {
        IsLeaving = true;
        Folder.Remove(RemoveFile);
        Folder.Remove(TypeLink);
    }

    /// <summary>Its removal was given up.</summary>
    public void Return()
    {
        IsLeaving = false;
        Folder.Add(RemoveFile, _remove).Add(TypeLink, _type);
    }
}
