using System.Buffers.Binary;
using Mdev.Sdk.Interrupts;
using Mdev.Sdk.Registers;
using Mdev.Sdk.State;

namespace Mdev.Sdk.Pci.Capabilities;

/// <summary>MSI-X. Source: PCI Local Bus 3.0, section 6.8.2.</summary>
internal sealed class MsixCapability(MsixLayout layout, int offset) : PciCapability(0x11, 12, offset)
{
    private const int MessageControl = 2, Table = 4, Pba = 8;
    private const ushort FunctionMask = 0x4000, Writable = 0xc000;

    private MsixIndex? _index;

    public override bool IsLive => true;

    public override void Declare(ConfigSpace space)
    {
        _index = space.Device.Interrupts[PciDevice.MsixIrq] as MsixIndex;
        space.ResetWord(Offset + MessageControl, (ushort)(layout.Vectors - 1));
        space.WritableWord(Offset + MessageControl, Writable);

        // The low three bits name the BAR, which is why both start at a multiple of eight.
        space.ResetDword(Offset + Table, layout.Table | (uint)layout.Bar);
        space.ResetDword(Offset + Pba, layout.Pba | (uint)layout.Bar);
    }

    public override void Write(ConfigSpace space, int inside, ReadOnlySpan<byte> bytes) => Apply(space);

    public override void Reset(ConfigSpace space, ResetKind kind)
    {
        // First, so that what waited behind a mask does not get out when the mask goes.
        _index?.ResetTable();
        Apply(space);
    }

    public override void LoadState(ReadOnlySpan<byte> values, ref StateReader reader)
    {
        if (reader.Applies)
            _index?.RestoreFunctionMask(IsMasked(values));
    }

    private void Apply(ConfigSpace space)
    {
        if (_index is not null)
            _index.FunctionMask = IsMasked(space.Values(Offset, Size));
    }

    private static bool IsMasked(ReadOnlySpan<byte> values) =>
        (BinaryPrimitives.ReadUInt16LittleEndian(values[MessageControl..]) & FunctionMask) != 0;
}
