using System.Buffers.Binary;
using Mdev.Sdk.Device;
using Mdev.Sdk.Interrupts;
using Mdev.Sdk.Registers;

namespace Mdev.Sdk.Pci;

/// <summary>
/// The Pending Bit Array: a bit for each vector that waits behind a mask. Software never writes it; if it does, nothing happens.
/// Source: PCI Local Bus 3.0, section 6.8.2.10.
/// </summary>
internal sealed class MsixPbaRegion(MsixIndex index) : Region(8 * (ulong)index.Pending.Length)
{
    public override void Read(ulong offset, Span<byte> destination)
    {
        Span<byte> qword = stackalloc byte[8];
        ReadOnlySpan<ulong> pending = index.Pending;
        for (int i = 0; i < destination.Length; i++)
        {
            int at = (int)offset + i;
            BinaryPrimitives.WriteUInt64LittleEndian(qword, pending[at / 8]);
            destination[i] = qword[at % 8];
        }
    }

    public override void Write(ulong offset, ReadOnlySpan<byte> source) { }

    public override void Reset(ResetKind kind) { }

    public override IEnumerable<PlacedMemory> MemoryFrom(ulong origin) => [new(origin, Size, "MsixPba", "MSI-X pending bits")];
}
