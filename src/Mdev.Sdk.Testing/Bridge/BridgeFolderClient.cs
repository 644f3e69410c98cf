using System.Globalization;
using Mdev.Sdk.Testing.Interop;
using Microsoft.Win32.SafeHandles;

namespace Mdev.Sdk.Testing.Bridge;

/// <summary>
/// A user of a device by its files on the host: the folder that <c>--bridge fuse</c> mounts for each instance. A region is a file, an access
/// a pread(2) or pwrite(2); an interrupt is a file too, whose signals are passed on to eventfds here.
/// </summary>
public sealed partial class BridgeFolderClient : VfioClient
{
    private readonly string _folder;
    private readonly BridgeFolderInfo _info;
    private readonly Dictionary<uint, SafeFileHandle> _regions = [];
    private readonly InterruptFiles _interrupts = new();

    private BridgeFolderClient(string folder, BridgeFolderInfo info) => (_folder, _info) = (folder, info);

    /// <summary>The instance.</summary>
    public Guid Uuid => _info.Uuid;

    /// <summary>Opens a device.</summary>
    /// <param name="folder">Its folder, <c>bridge/UUID</c> in the host's runtime directory.</param>
    /// <exception cref="IOException">There is no such folder, or nobody serves it.</exception>
    /// <exception cref="InvalidDataException">Its file info cannot be understood.</exception>
    public static BridgeFolderClient Open(string folder)
    {
        ArgumentNullException.ThrowIfNull(folder);
        return new BridgeFolderClient(folder, BridgeFolderInfo.Parse(File.ReadAllText(Path.Combine(folder, "info"))));
    }

    /// <inheritdoc/>
    public override VfioDeviceInfo GetDeviceInfo() => _info.Device;

    /// <inheritdoc/>
    public override VfioRegionInfo GetRegionInfo(uint region)
    {
        if (region >= _info.Device.Regions)
            Check(Errno.EINVAL, $"Region {region}");
        return _info.Regions.TryGetValue(region, out VfioRegionInfo info) ? info : new(0, 0, 0);
    }

    /// <inheritdoc/>
    public override VfioIrqInfo GetIrqInfo(uint index)
    {
        if (index >= _info.Device.Irqs)
            Check(Errno.EINVAL, $"Interrupt index {index}");
        return _info.Irqs.TryGetValue(index, out VfioIrqInfo info) ? info : default;
    }

    /// <inheritdoc/>
    public override MappedRegion? MapRegion(uint region)
    {
        VfioRegionInfo info = GetRegionInfo(region);
        if (!info.CanBeMapped)
            return null;
        Check(TryOpenRegion(region, out SafeFileHandle? file), $"Region {region}");
        return new MappedRegion(info, file!);
    }

    /// <inheritdoc/>
    public override Errno TryReadRegion(uint region, ulong offset, Span<byte> destination)
    {
        Errno error = TryReach(region, offset, destination.Length, out SafeFileHandle? file);
        if (error == Errno.None)
            error = DeviceFile.TryRead(file!, offset, destination);
        _interrupts.PassOn();
        return error;
    }

    /// <inheritdoc/>
    public override Errno TryWriteRegion(uint region, ulong offset, ReadOnlySpan<byte> source)
    {
        Errno error = TryReach(region, offset, source.Length, out SafeFileHandle? file);
        if (error == Errno.None)
            error = DeviceFile.TryWrite(file!, offset, source);
        _interrupts.PassOn();
        return error;
    }

    /// <inheritdoc/>
    public override Errno TryReset()
    {
        Errno error = DeviceFile.TryOpen(Path.Combine(_folder, "reset"), TestLibc.O_WRONLY, out SafeFileHandle? file);
        if (error != Errno.None)
            return error;
        using (file)
            error = DeviceFile.TryWrite(file!, 0, "1"u8);
        _interrupts.PassOn();
        return error;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        _interrupts.Dispose();
        foreach (SafeFileHandle file in _regions.Values)
            file.Dispose();
        _regions.Clear();
    }

    // A file ends where its region does, so that a tool may read on to the end; VFIO refuses what reaches beyond it.
    private Errno TryReach(uint region, ulong offset, int count, out SafeFileHandle? file)
    {
        file = null;
        return _info.Regions.TryGetValue(region, out VfioRegionInfo info) && (offset > info.Size || (uint)count > info.Size - offset)
            ? Errno.EINVAL
            : TryOpenRegion(region, out file);
    }

    // A region that is not there has no file, and VFIO says EINVAL of it.
    private Errno TryOpenRegion(uint region, out SafeFileHandle? file)
    {
        if (_regions.TryGetValue(region, out file))
            return Errno.None;
        if (!_info.Regions.ContainsKey(region))
            return Errno.EINVAL;
        string path = Path.Combine(_folder, "regions", region.ToString(CultureInfo.InvariantCulture));
        Errno error = DeviceFile.TryOpen(path, TestLibc.O_RDWR, out file);
        if (error == Errno.None)
            _regions[region] = file!;
        return error;
    }
}
