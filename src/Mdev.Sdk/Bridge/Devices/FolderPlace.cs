using Mdev.Sdk.Bridge.Files;
using Mdev.Sdk.Bridge.Fuse;
using Mdev.Sdk.Device;
using Mdev.Sdk.Interop;

namespace Mdev.Sdk.Bridge.Devices;

/// <summary>An instance as a mounted folder.</summary>
internal sealed class FolderPlace : IDevicePlace
{
    private readonly DeviceFolders _folders;
    private readonly CallGuard _guard = new();
    private readonly Claim _claim;
    private readonly FuseServer _server;
    private readonly string _path;

    /// <param name="folders">Where.</param>
    /// <param name="device">The device.</param>
    /// <exception cref="IOException">It cannot be mounted; the message says what to do.</exception>
    /// <exception cref="MdevException">EEXIST: another process has an instance of this UUID there.</exception>
    public FolderPlace(DeviceFolders folders, VfioDevice device)
    {
        _folders = folders;
        _path = folders.FolderOf(device.Uuid);
        folders.Make();
        using FolderLock alone = FolderLock.Take(folders.Root);
        folders.SweepAlone();
        string place = folders.ClaimOf(device.Uuid);
        _claim = Claim.TryTake(place)
            ?? throw new MdevException(Errno.EEXIST, $"Another process has an instance {device.Uuid} on the bridge: it holds {place}.");
        try
        {
            Directory.CreateDirectory(_path);
            var folder = new DeviceFolder(device, _guard);
            folder.Server = _server = FuseServer.Mount(_path, folder.Root, device.Logger);
        }
        catch
        {
            Removal.OfFolder(_path);
            _claim.Dispose();
            throw;
        }
    }

    public IReadOnlyList<string> Paths => [_path];

    public void Dispose()
    {
        // Files are closed first, so that the vendor hears of it.
        _server.Dispose();
        _guard.Close();
        using FolderLock? alone = FolderLock.TryTake(_folders.Root);
        Removal.OfFolder(_path);
        _claim.Dispose();
    }
}
