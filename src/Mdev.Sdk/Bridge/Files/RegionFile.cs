using Mdev.Sdk.Bridge.Fuse;
using Mdev.Sdk.Device;

namespace Mdev.Sdk.Bridge.Files;

/// <summary>A region as a file: what is read and written is an access of the device.</summary>
/// <param name="device">The device.</param>
/// <param name="region">VFIO region index.</param>
/// <param name="rule">Whose rules reads and writes follow.</param>
/// <param name="guard">Lets calls through as long as the device is there.</param>
/// <param name="permissions">The permission bits of the mode.</param>
internal sealed class RegionFile(VfioDevice device, uint region, RegionRule rule, CallGuard guard, uint permissions) : FuseFile, IFuseHandle
{
    public override uint Permissions => permissions;

    public override ulong Size { get; } = device.RegionSize(region);

    // Not in the tree, where a mapped BAR might be half of one: who wants to map opens the device's own folder.
    public override int Memory => rule.IsDevicesOwn ? device.RegionAt(region)?.Mapping?.Memory.Descriptor ?? -1 : -1;

    // A vendor's handler may take its time, which in a file system of the device's own holds up nobody else.
    public bool WritesAtOnce => rule.IsDevicesOwn;

    public override IFuseHandle Open(FuseCaller caller) => this;

    public bool ReadsAtOnce(ulong offset) => rule.IsDevicesOwn;

    public int Read(ulong offset, Span<byte> destination)
    {
        if (!guard.TryEnter(out CallGuard? outer))
            return -(int)Errno.ENODEV;
        try
        {
            return rule.Read(device, region, offset, destination[..LengthAt(offset, destination.Length)]);
        }
        finally
        {
            guard.Leave(outer);
        }
    }

    public bool TryReach(ulong offset, int count, out ReadOnlySpan<byte> bytes)
    {
        bytes = default;
        if (!guard.TryEnter(out CallGuard? outer))
            return false;
        try
        {
            return rule.TryReach(device, region, offset, count, out bytes);
        }
        finally
        {
            guard.Leave(outer);
        }
    }

    public int Write(ulong offset, ReadOnlySpan<byte> source)
    {
        int length = LengthAt(offset, source.Length);
        if (length == 0 && source.Length != 0)
            return -(int)Errno.EINVAL;
        if (!guard.TryEnter(out CallGuard? outer))
            return -(int)Errno.ENODEV;
        try
        {
            return rule.Write(device, region, offset, source[..length]);
        }
        finally
        {
            guard.Leave(outer);
        }
    }

    public ValueTask<int> ReadAsync(ulong offset, Memory<byte> destination, CancellationToken interrupted) => new(Read(offset, destination.Span));

    public ValueTask<int> WriteAsync(ulong offset, ReadOnlyMemory<byte> source, CancellationToken interrupted) => new(Write(offset, source.Span));

    private int LengthAt(ulong offset, int length) => offset >= Size ? 0 : (int)Math.Min((ulong)length, Size - offset);
}
