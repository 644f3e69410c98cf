using Mdev.Sdk.Device;
using Mdev.Sdk.Registers;

namespace Mdev.Sdk.Pci;

/// <summary>The expansion ROM: what is written to it is dropped.</summary>
internal sealed class RomRegion(RomImage image) : Region((ulong)image.Size)
{
    public override bool IsWritable => false;

    public override void Read(ulong offset, Span<byte> destination) =>
        image.Bytes.Slice((int)offset, destination.Length).CopyTo(destination);

    public override void Write(ulong offset, ReadOnlySpan<byte> source) { }

    public override void Reset(ResetKind kind) { }
}
