using System.Buffers.Binary;
using Mdev.Sdk.Device;
using Mdev.Sdk.Interrupts;
using Mdev.Sdk.Registers;
using Mdev.Sdk.State;

namespace Mdev.Sdk.Pci;

/// <summary>
/// The MSI-X table: for each vector address, data and mask. Source: PCI Local Bus 3.0, section 6.8.2.7 to 6.8.2.9. Software accesses
/// it by dwords or qwords; of what it must not do, the result is undefined, and here each byte counts for itself.
/// </summary>
internal sealed class MsixTableRegion(MsixIndex index) : Region(EntrySize * (ulong)index.Count)
{
    private const int EntrySize = 16, VectorControl = 12;

    private readonly byte[] _bytes = new byte[EntrySize * index.Count];

    public override void Read(ulong offset, Span<byte> destination) =>
        _bytes.AsSpan((int)offset, destination.Length).CopyTo(destination);

    public override void Write(ulong offset, ReadOnlySpan<byte> source)
    {
        for (int i = 0; i < source.Length; i++)
        {
            int at = (int)offset + i;
            _bytes[at] = (byte)(source[i] & Writable(at % EntrySize));
        }

        int first = (int)offset / EntrySize, last = ((int)offset + source.Length - 1) / EntrySize;
        for (int vector = first; vector <= last && !source.IsEmpty; vector++)
            index.SetEntryMask(vector, (_bytes[(vector * EntrySize) + VectorControl] & 1) != 0);
    }

    public override void Reset(ResetKind kind)
    {
        Array.Clear(_bytes);
        for (int vector = 0; vector < index.Count; vector++)
            _bytes[(vector * EntrySize) + VectorControl] = 1;
        index.ResetTable();
    }

    /// <summary>A line for each entry.</summary>
    public override void Dump(TextWriter writer)
    {
        for (int vector = 0; vector < index.Count; vector++)
        {
            ReadOnlySpan<byte> entry = _bytes.AsSpan(vector * EntrySize, EntrySize);
            ulong address = BinaryPrimitives.ReadUInt64LittleEndian(entry);
            uint data = BinaryPrimitives.ReadUInt32LittleEndian(entry[8..]);
            writer.WriteLine($"msi-x {vector}: address 0x{address:x16}, data 0x{data:x8}{(entry[VectorControl] != 0 ? ", masked" : "")}");
        }
    }

    /// <summary>The Pending Bit Array is saved here too: its region only shows it.</summary>
    public override void SaveState(StateWriter writer)
    {
        writer.Write(_bytes);
        index.SaveState(writer);
    }

    public override void LoadState(ref StateReader reader)
    {
        bool applies = reader.Next(_bytes.Length, out ReadOnlySpan<byte> bytes);
        for (int at = 0; at < bytes.Length; at++)
        {
            if ((bytes[at] & ~Writable(at % EntrySize)) != 0)
                reader.Refuse("The saved MSI-X table has bits that no table has.");
        }

        if (applies)
            bytes.CopyTo(_bytes);
        index.LoadState(ref reader);
    }

    public override IEnumerable<PlacedMemory> MemoryFrom(ulong origin) => [new(origin, Size, "MsixTable", "MSI-X table")];

    // Bits 1:0 of the address are zero, and of the control only the mask is not reserved.
    private static byte Writable(int inside) => inside switch
    {
        0 => 0xfc,
        VectorControl => 0x01,
        > VectorControl => 0x00,
        _ => 0xff,
    };
}
