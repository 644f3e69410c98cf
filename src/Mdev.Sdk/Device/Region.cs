namespace Mdev.Sdk.Device;

/// <summary>A region of a device as VFIO numbers them. Called on the device's lock, with accesses inside its bounds.</summary>
internal abstract class Region(ulong size)
{
    /// <summary>Bytes; at least 1.</summary>
    public ulong Size { get; } = size;

    public abstract void Read(ulong offset, Span<byte> destination);

    public abstract void Write(ulong offset, ReadOnlySpan<byte> source);

    public abstract void Reset();

    /// <summary>Lets go of what the vendor's part of the region holds.</summary>
    public virtual void End() { }
}
