using Mdev.Sdk.Device;
using Mdev.Sdk.Registers;

namespace Mdev.Bench.Blocks;

/// <summary>A device of one region of plain memory, for transfers of many bytes.</summary>
/// <remarks>Stands below <c>PciDevice</c>, which has no BARs of memory yet.</remarks>
internal sealed class MemoryDevice : VfioDevice
{
    internal override DeviceFlags Flags => DeviceFlags.Reset;

    private protected override Region?[] CreateRegions() => [new Bytes(1 << 20)];

    private protected override void LowerInterrupts() { }

    private sealed class Bytes(int size) : Region((ulong)size)
    {
        private readonly byte[] _bytes = new byte[size];

        public override void Read(ulong offset, Span<byte> destination) =>
            _bytes.AsSpan((int)offset, destination.Length).CopyTo(destination);

        public override void Write(ulong offset, ReadOnlySpan<byte> source) => source.CopyTo(_bytes.AsSpan((int)offset));

        public override void Reset(ResetKind kind) => Array.Clear(_bytes);
    }
}
