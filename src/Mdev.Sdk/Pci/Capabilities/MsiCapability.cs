using System.Buffers.Binary;
using System.Numerics;
using Mdev.Sdk.Interrupts;
using Mdev.Sdk.Registers;
using Mdev.Sdk.State;

namespace Mdev.Sdk.Pci.Capabilities;

/// <summary>MSI, with 64-bit addresses and, if wanted, a mask for each vector. Source: PCI Local Bus 3.0, section 6.8.1.</summary>
internal sealed class MsiCapability(MsiCapabilityAttribute declared, Func<uint> vectors)
    : PciCapability(0x05, declared.Masking ? 24 : 14, declared.Offset)
{
    private const int MessageControl = 2, Address = 4, Data = 12, MaskBits = 16, PendingBits = 20;
    private const ushort Enable = 0x0001, Address64 = 0x0080, PerVectorMasking = 0x0100, Writable = 0x0071;

    private MessageIndex? _index;

    public override bool IsLive => true;

    public override void Declare(ConfigSpace space)
    {
        _index = space.Device.Interrupts[PciDevice.MsiIrq] as MessageIndex;
        int capable = BitOperations.Log2(vectors());
        space.ResetWord(Offset + MessageControl, (ushort)(Address64 | (declared.Masking ? PerVectorMasking : 0) | (capable << 1)));
        space.WritableWord(Offset + MessageControl, Writable);
        space.WritableDword(Offset + Address, 0xffff_fffc);
        space.WritableDword(Offset + Address + 4, 0xffff_ffff);
        space.WritableWord(Offset + Data, 0xffff);
        if (declared.Masking)
            space.WritableDword(Offset + MaskBits, (uint)((1ul << (int)vectors()) - 1));
    }

    public override void Read(ConfigSpace space, int inside, Span<byte> bytes)
    {
        if (!declared.Masking || _index is null || !Touches(inside, bytes.Length, PendingBits, 4))
            return;
        uint pending = (uint)_index.Pending[0];
        for (int i = 0; i < 4; i++)
        {
            if (Touches(inside, bytes.Length, PendingBits + i))
                bytes[PendingBits + i - inside] = (byte)(pending >> (8 * i));
        }
    }

    public override void Write(ConfigSpace space, int inside, ReadOnlySpan<byte> bytes) => Apply(space);

    public override void Reset(ConfigSpace space, ResetKind kind)
    {
        // First, so that what waited behind a mask does not get out when the mask goes.
        _index?.ForgetPending();
        Apply(space);
    }

    public override void SaveState(StateWriter writer) => _index?.SaveState(writer);

    public override void LoadState(ReadOnlySpan<byte> values, ref StateReader reader)
    {
        _index?.LoadState(ref reader);
        if (_index is null || !reader.Applies)
            return;
        Allocate(values);
        for (int vector = 0; declared.Masking && vector < _index.Count; vector++)
            _index.RestoreMasked(vector, IsMasked(values, vector));
    }

    private void Apply(ConfigSpace space)
    {
        if (_index is null)
            return;
        ReadOnlySpan<byte> values = space.Values(Offset, Size);
        Allocate(values);
        for (int vector = 0; declared.Masking && vector < _index.Count; vector++)
            _index.SetMasked(vector, IsMasked(values, vector));
    }

    private void Allocate(ReadOnlySpan<byte> values)
    {
        int control = BinaryPrimitives.ReadUInt16LittleEndian(values[MessageControl..]);

        // A VFIO client that enables MSI by eventfds alone never writes how many it uses: as many as it listens to.
        _index!.Allocated = (control & Enable) != 0 ? 1 << ((control >> 4) & 7) : int.MaxValue;
    }

    private static bool IsMasked(ReadOnlySpan<byte> values, int vector) =>
        (BinaryPrimitives.ReadUInt32LittleEndian(values[MaskBits..]) & (1u << vector)) != 0;
}
