using Mdev.Sdk.Bridge.Files;
using System.Globalization;
using System.Text;
using Mdev.Sdk.Bridge.Fuse;
using Microsoft.Extensions.Logging;

namespace Mdev.Sdk.Bridge.Tree;

/// <summary>A parent's folder as a mounted file system. Source: drivers/vfio/mdev/mdev_sysfs.c.</summary>
internal sealed class ParentTree : IDisposable
{
    // mdevctl reads a number of 32 bits with a sign; a parent without a limit has more.
    private const long MostShown = int.MaxValue;

    private readonly FuseServer _server;
    private readonly Folder _root = new();
    private readonly Dictionary<MdevType, Folder> _devices = [];
    private readonly CallGuard _guard = new();

    public ParentTree(MdevParent parent, string path, Action<MdevType, Guid> create, ILogger logger)
    {
        Folder types = _root.FolderAt("mdev_supported_types");
        foreach (MdevType type in parent.Types)
            types.Add(type.Id, FolderOf(type, create));
        VendorAttributes.AddTo(_root, parent.Attributes, _guard);
        Path = path;
        _server = FuseServer.Mount(path, _root, logger);
    }

    /// <summary>The mount point.</summary>
    public string Path { get; }

    /// <summary>Whether it is still mounted.</summary>
    public bool IsServing => _server.IsServing;

    public void Show(InstanceTree instance)
    {
        _root.Add(instance.Name, instance.Folder);
        if (!instance.IsLeaving)
            ShowAsDevice(instance);
    }

    /// <summary>The link below its type, which comes and goes with the link to its type.</summary>
    public void ShowAsDevice(InstanceTree instance) =>
        _devices[instance.Instance.Type].Add(instance.Name, new FuseLink($"../../../{instance.Name}"));

    public void HideAsDevice(InstanceTree instance)
    {
        Folder devices = _devices[instance.Instance.Type];
        if (devices.Remove(instance.Name))
            _server.Forget(devices, instance.Name);
        _server.Forget(instance.Folder, InstanceTree.TypeLink);
        _server.Forget(instance.Folder, InstanceTree.RemoveFile);
    }

    /// <summary>When it returns, nobody finds the instance any more.</summary>
    public void Hide(InstanceTree instance)
    {
        HideAsDevice(instance);
        _root.Remove(instance.Name);
        _server.Forget(_root, instance.Name);
    }

    public void Dispose()
    {
        _guard.Close();
        _server.Dispose();
    }

    private Folder FolderOf(MdevType type, Action<MdevType, Guid> create)
    {
        var devices = new Folder();
        _devices.Add(type, devices);
        var folder = new Folder();
        folder.Add("create", new AttributeFile(null, (bytes, _) =>
            {
                if (!UuidText.TryParse(Encoding.Latin1.GetString(bytes.Span), out Guid uuid))
                    throw new FuseException(Errno.EINVAL);
                create(type, uuid);
                return Task.CompletedTask;
            }))
            .Add("device_api", AttributeFile.Of(() => type.Parent.DeviceApi))
            .Add("name", AttributeFile.Of(() => type.PrettyName))
            .Add("available_instances", AttributeFile.Of(() => Math.Min(type.AvailableInstances, MostShown).ToString(CultureInfo.InvariantCulture)))
            .Add("devices", devices);
        if (type.Description is { } description)
            folder.Add("description", AttributeFile.Of(() => description));
        VendorAttributes.AddTo(folder, type.Attributes, _guard);
        return folder;
    }
}
