using System.Buffers.Binary;
using System.Numerics;
using Mdev.Sdk.Device;
using Mdev.Sdk.Interrupts;
using Mdev.Sdk.Registers;

namespace Mdev.Sdk.Pci;

/// <summary>
/// The 256 bytes of a type 0 config space: a value and a write mask for every bit, so that any width at any offset does
/// what the hardware does. A write to a read-only bit is ignored, never an error.
/// </summary>
internal sealed class ConfigSpace : Region
{
    public const int Bytes = 256;

    // Memory and I/O decoding, bus master, parity and SERR reporting, interrupt disable; the rest is hard-wired to 0.
    private const ushort CommandWritable = 0x0547;
    private const ushort CommandInterruptDisable = 0x0400;
    private const byte StatusInterrupt = 0x08;
    private const ushort StatusCapabilitiesList = 0x0010;

    private readonly byte[] _values = new byte[Bytes];
    private readonly byte[] _resetValues = new byte[Bytes];
    private readonly byte[] _writable = new byte[Bytes];
    private readonly IntxIndex? _intx;

    public ConfigSpace(PciDeclaration declaration, IntxIndex? intx)
        : base(Bytes)
    {
        _intx = intx;
        if (declaration.IdentityAttribute is { } identity)
            DeclareIdentity(identity);
        foreach ((int offset, byte[] bytes) in declaration.Data)
            bytes.CopyTo(_resetValues, offset);

        SetWord(_writable, ConfigOffset.Command, CommandWritable);
        _writable[ConfigOffset.InterruptLine] = 0xff;
        _resetValues[ConfigOffset.InterruptPin] = declaration.InterruptPin;
        if (declaration.MsiVectors.Exists(v => v.Capability))
            DeclareMsi(declaration);
    }

    /// <summary>Adds a base address register.</summary>
    /// <param name="index">0 to 5.</param>
    /// <param name="kind">What it decodes.</param>
    /// <param name="size">Bytes needed behind it.</param>
    /// <returns>Bytes it decodes: a power of two, and no fewer than PCI allows.</returns>
    public ulong DeclareBar(int index, BarKind kind, uint size)
    {
        int offset = ConfigOffset.Bar0 + (4 * index);
        uint decoded = Math.Max(BitOperations.RoundUpToPowerOf2(size), kind == BarKind.Io ? 4u : 16u);

        // PCI Local Bus 3.0, section 6.2.5.1: the address bits below the size read 0, which is how software finds it.
        SetDword(_writable, offset, ~(decoded - 1));
        SetDword(_resetValues, offset, TypeBits(kind));
        if (kind is BarKind.Memory64 or BarKind.Memory64Prefetchable)
            SetDword(_writable, offset + 4, uint.MaxValue);
        return decoded;
    }

    // Bit 0 is I/O, bits 2:1 the width of a memory address, bit 3 says that reading has no side effects.
    private static uint TypeBits(BarKind kind) => kind switch
    {
        BarKind.Io => 0x1,
        BarKind.Memory32Prefetchable => 0x8,
        BarKind.Memory64 => 0x4,
        BarKind.Memory64Prefetchable => 0xc,
        _ => 0,
    };

    public override void Read(ulong offset, Span<byte> destination)
    {
        _values.AsSpan((int)offset, destination.Length).CopyTo(destination);
        long status = ConfigOffset.Status - (long)offset;
        if (status >= 0 && status < destination.Length && _intx is { Asserted: true })
            destination[(int)status] |= StatusInterrupt;
    }

    public override void Write(ulong offset, ReadOnlySpan<byte> source)
    {
        for (int i = 0; i < source.Length; i++)
        {
            byte mask = _writable[(int)offset + i];
            ref byte value = ref _values[(int)offset + i];
            value = (byte)((value & ~mask) | (source[i] & mask));
        }
        ApplyCommand();
    }

    public override void Reset(ResetKind kind)
    {
        _resetValues.CopyTo(_values);
        ApplyCommand();
    }

    private void ApplyCommand()
    {
        if (_intx is null)
            return;
        bool disabled = (BinaryPrimitives.ReadUInt16LittleEndian(_values.AsSpan(ConfigOffset.Command)) & CommandInterruptDisable) != 0;
        if (_intx.Disabled != disabled)
            _intx.Disabled = disabled;
    }

    private void DeclareIdentity(PciDeviceAttribute identity)
    {
        SetWord(_resetValues, ConfigOffset.VendorId, identity.Vendor);
        SetWord(_resetValues, ConfigOffset.DeviceId, identity.Device);
        SetWord(_resetValues, ConfigOffset.Command, identity.Command);
        SetWord(_resetValues, ConfigOffset.Status, identity.Status);
        SetDword(_resetValues, ConfigOffset.RevisionId, (identity.Class << 8) | identity.Revision);
        SetWord(_resetValues, ConfigOffset.SubsystemVendorId, identity.SubsystemVendor);
        SetWord(_resetValues, ConfigOffset.SubsystemId, identity.Subsystem);
    }

    private void DeclareMsi(PciDeclaration declaration)
    {
        // PCI Local Bus 3.0, section 6.8.1: 64-bit addresses, no per-vector masking.
        const int Size = 14;
        const byte MsiCapability = 0x05;
        const ushort Address64 = 0x0080, Writable = 0x0071;
        int offset = FindRoom(declaration, Size);
        int multipleMessageCapable = BitOperations.Log2(declaration.MsiVectorCount);

        _resetValues[offset] = MsiCapability;
        _resetValues[offset + 1] = _resetValues[ConfigOffset.CapabilitiesPointer];
        _resetValues[ConfigOffset.CapabilitiesPointer] = (byte)offset;
        SetWord(_resetValues, offset + 2, (ushort)(Address64 | (multipleMessageCapable << 1)));
        SetWord(_writable, offset + 2, Writable);
        SetDword(_writable, offset + 4, 0xffff_fffc);
        SetDword(_writable, offset + 8, 0xffff_ffff);
        SetWord(_writable, offset + 12, 0xffff);

        int status = BinaryPrimitives.ReadUInt16LittleEndian(_resetValues.AsSpan(ConfigOffset.Status));
        SetWord(_resetValues, ConfigOffset.Status, (ushort)(status | StatusCapabilitiesList));
    }

    // Capabilities start at multiples of four; the vendor's own bytes stay where the data sheet has them.
    private static int FindRoom(PciDeclaration declaration, int size)
    {
        for (int offset = ConfigOffset.DeviceSpecific; offset + size <= Bytes; offset += 4)
        {
            if (!declaration.Data.Exists(d => d.Offset < offset + size && offset < d.Offset + d.Bytes.Length))
                return offset;
        }
        throw new InvalidOperationException(
            $"Config space has no {size} bytes left for a capability; the [ConfigData] of the device takes too much.");
    }

    private static void SetWord(byte[] bytes, int offset, ushort value) =>
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(offset), value);

    private static void SetDword(byte[] bytes, int offset, uint value) =>
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(offset), value);
}
