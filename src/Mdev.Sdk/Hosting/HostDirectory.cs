using Mdev.Sdk.Bridge.Devices;

namespace Mdev.Sdk.Hosting;

/// <summary>A host's runtime directory: where its sockets are. Made when the first of them is.</summary>
/// <param name="path">The directory.</param>
/// <param name="mode">Access rights of the instances' sockets; the directory lets in whom they do.</param>
internal sealed class HostDirectory(string path, UnixFileMode mode = default)
{
    public string Path { get; } = System.IO.Path.GetFullPath(path);

    /// <summary>Where the trees of all host processes come together: what mdevctl is given as its root.</summary>
    public string Root => System.IO.Path.Combine(Path, "root");

    /// <summary>Where the instances of all host processes are that are there as folders.</summary>
    public string Bridge => DeviceFolders.Below(Path);

    /// <summary>Where an instance listens if nobody says otherwise.</summary>
    public string SocketOf(Guid uuid) => File($"{uuid}.sock");

    /// <summary>Where a parent is published and managed.</summary>
    public string ControlOf(MdevParent parent) => File($"{parent.Name}.control");

    /// <summary>Where the instance of a host that serves one, and is not managed, is looked at.</summary>
    public string ControlOf(Guid uuid) => File($"{uuid}.control");

    private string File(string name)
    {
        // Whoever reaches a socket in it has the device: for this user alone, unless the sockets are for others.
        UnixFileMode rights = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        if ((mode & UnixFileMode.GroupWrite) != 0)
            rights |= UnixFileMode.GroupExecute;
        if ((mode & UnixFileMode.OtherWrite) != 0)
            rights |= UnixFileMode.OtherExecute;
        try
        {
            Directory.CreateDirectory(Path, rights);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new IOException(
                $"Cannot make the runtime directory {Path}: {e.Message} Set MDEV_RUNTIME_DIR to a folder of your own.", e);
        }
        return System.IO.Path.Combine(Path, name);
    }
}
