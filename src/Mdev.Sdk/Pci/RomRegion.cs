using Mdev.Sdk.Device;
using Mdev.Sdk.Registers;

namespace Mdev.Sdk.Pci;

/// <summary>The expansion ROM: what is written to it is dropped.</summary>
internal sealed class RomRegion : Region
{
    private readonly RomImage _image;

    public RomRegion(RomImage image)
        : base((ulong)image.Size) => (_image, Traits) = (image, new RegionTraits { ReadOnly = true });

    public override void Read(ulong offset, Span<byte> destination) =>
        _image.Bytes.Slice((int)offset, destination.Length).CopyTo(destination);

    public override void Write(ulong offset, ReadOnlySpan<byte> source) { }

    public override void Reset(ResetKind kind) { }
}
