using System.Buffers.Binary;
using System.Numerics;
using Mdev.Sdk.Device;
using Mdev.Sdk.Interrupts;
using Mdev.Sdk.Pci.Capabilities;
using Mdev.Sdk.Registers;

namespace Mdev.Sdk.Pci;

/// <summary>
/// A type 0 config space: a value and a write mask for every bit, so that any width at any offset does what the hardware does. A
/// write to a read-only bit is ignored, never an error. It has 256 bytes, and those of a PCI Express function 4096.
/// </summary>
internal sealed partial class ConfigSpace : Region
{
    public const int Bytes = 256;
    public const int ExpressBytes = 4096;

    // Memory and I/O decoding, bus master, parity and SERR reporting, interrupt disable; the rest is hard-wired to 0.
    private const ushort CommandWritable = 0x0547;
    private const ushort CommandInterruptDisable = 0x0400;
    private const byte StatusInterrupt = 0x08;
    private const ushort StatusCapabilitiesList = 0x0010;

    private readonly byte[] _values;
    private readonly byte[] _resetValues;
    private readonly byte[] _writable;
    private readonly IntxIndex? _intx;

    // In the order of their offsets.
    private readonly PciCapability[] _capabilities;
    private readonly PciCapability[] _live;

    /// <param name="declaration">What the attributes say.</param>
    /// <param name="device">Its interrupts are there already.</param>
    public ConfigSpace(PciDeclaration declaration, PciDevice device)
        : base(declaration.Capabilities.Exists(c => c.NeedsExpress) ? (ulong)ExpressBytes : Bytes)
    {
        (Device, _intx) = (device, device.Interrupts.Intx);
        (_values, _resetValues, _writable) = (new byte[Size], new byte[Size], new byte[Size]);
        if (declaration.IdentityAttribute is { } identity)
            DeclareIdentity(identity);
        foreach ((int offset, byte[] bytes) in declaration.Data)
            bytes.CopyTo(_resetValues, offset);

        WritableWord(ConfigOffset.Command, CommandWritable);
        _writable[ConfigOffset.InterruptLine] = 0xff;
        _resetValues[ConfigOffset.InterruptPin] = declaration.InterruptPin;

        CapabilityLayout.Place(declaration.Capabilities, declaration.Data);
        LinkStandard([.. declaration.Capabilities.Where(c => !c.IsExtended)]);
        LinkExtended([.. declaration.Capabilities.Where(c => c.IsExtended).OrderBy(c => c.Offset)]);
        foreach (PciCapability capability in declaration.Capabilities)
            capability.Declare(this);
        _capabilities = [.. declaration.Capabilities.OrderBy(c => c.Offset)];
        _live = [.. _capabilities.Where(c => c.IsLive)];
    }

    /// <summary>Whose config space it is.</summary>
    public PciDevice Device { get; }

    /// <summary>Adds a base address register.</summary>
    /// <param name="index">0 to 5.</param>
    /// <param name="kind">What it decodes.</param>
    /// <param name="size">Bytes needed behind it.</param>
    /// <returns>Bytes it decodes: a power of two, and no fewer than PCI allows.</returns>
    /// <exception cref="InvalidOperationException">It needs more than a BAR of its kind can decode.</exception>
    public ulong DeclareBar(int index, BarKind kind, ulong size)
    {
        int offset = ConfigOffset.Bar0 + (4 * index);
        bool wide = kind is BarKind.Memory64 or BarKind.Memory64Prefetchable;
        ulong most = wide ? 1ul << 62 : kind == BarKind.Io ? 256 : 1ul << 31;
        ulong decoded = Math.Max(BitOperations.RoundUpToPowerOf2(size), kind == BarKind.Io ? 4u : 16u);
        if (size > most)
            throw new InvalidOperationException($"BAR {index} needs {size} bytes, and one of kind {kind} decodes at most {most}.");

        // PCI Local Bus 3.0, section 6.2.5.1: the address bits below the size read 0, which is how software finds it.
        ulong address = ~(decoded - 1);
        SetDword(_writable, offset, (uint)address);
        SetDword(_resetValues, offset, TypeBits(kind));
        if (wide)
            SetDword(_writable, offset + 4, (uint)(address >> 32));
        return decoded;
    }

    /// <summary>Adds the expansion ROM's base address register.</summary>
    /// <param name="size">Bytes of the ROM: a power of two, at least 2 KiB.</param>
    public void DeclareRom(uint size)
    {
        // PCI Local Bus 3.0, section 6.2.5.2: bit 0 enables decoding, bits 10:1 are reserved.
        SetDword(_writable, ConfigOffset.ExpansionRom, ~(size - 1) | 1);
    }

    /// <summary>Bytes as they are now.</summary>
    public Span<byte> Values(int offset, int length) => _values.AsSpan(offset, length);

    /// <summary>Bytes as they are after reset.</summary>
    public Span<byte> ResetValues(int offset, int length) => _resetValues.AsSpan(offset, length);

    public void ResetWord(int offset, ushort value) => SetWord(_resetValues, offset, value);

    public void ResetDword(int offset, uint value) => SetDword(_resetValues, offset, value);

    public void WritableWord(int offset, ushort mask) => SetWord(_writable, offset, mask);

    public void WritableDword(int offset, uint mask) => SetDword(_writable, offset, mask);

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
        ReadStored((int)offset, destination);
        foreach (PciCapability capability in _live)
        {
            if (Meets(capability, (int)offset, destination.Length, out int first, out int count))
                capability.Read(this, first - capability.Offset, destination.Slice(first - (int)offset, count));
        }
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
        foreach (PciCapability capability in _live)
        {
            if (Meets(capability, (int)offset, source.Length, out int first, out int count))
                capability.Write(this, first - capability.Offset, source.Slice(first - (int)offset, count));
        }
    }

    public override void Peek(ulong offset, Span<byte> destination)
    {
        ReadStored((int)offset, destination);
        foreach (PciCapability capability in _live)
        {
            if (Meets(capability, (int)offset, destination.Length, out int first, out int count))
                capability.Peek(this, first - capability.Offset, destination.Slice(first - (int)offset, count));
        }
    }

    public override void Poke(ulong offset, ReadOnlySpan<byte> source)
    {
        source.CopyTo(_values.AsSpan((int)offset));
        ApplyCommand();
        foreach (PciCapability capability in _live)
        {
            if (Meets(capability, (int)offset, source.Length, out int first, out int count))
                capability.Poke(this, first - capability.Offset, source.Slice(first - (int)offset, count));
        }
    }

    public override void Reset(ResetKind kind)
    {
        _resetValues.CopyTo(_values);
        ApplyCommand();
        foreach (PciCapability capability in _live)
            capability.Reset(this, kind);
    }

    public override void Dump(TextWriter writer)
    {
        foreach (PciCapability capability in _live)
            capability.Dump(writer);
    }

    public override string? NameAt(ulong offset, bool write)
    {
        foreach (PciCapability capability in _live)
        {
            if (Meets(capability, (int)offset, 1, out int first, out _))
                return capability.NameAt(first - capability.Offset, write);
        }
        return null;
    }

    public override IEnumerable<PlacedBlock> BlocksFrom(ulong origin) =>
        _live.SelectMany(c => c.Blocks).Select(b => b with { Offset = origin + b.Offset });

    public override void End()
    {
        foreach (PciCapability capability in _live)
            capability.Close();
    }

    private void ReadStored(int offset, Span<byte> destination)
    {
        _values.AsSpan(offset, destination.Length).CopyTo(destination);
        int status = ConfigOffset.Status - offset;
        if (status >= 0 && status < destination.Length && _intx is { Asserted: true })
            destination[status] |= StatusInterrupt;
    }

    // Which bytes of an access lie in a capability.
    private static bool Meets(PciCapability capability, int offset, int length, out int first, out int count)
    {
        first = Math.Max(offset, capability.Offset);
        count = Math.Min(offset + length, capability.End) - first;
        return count > 0;
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

    // In the order of declaration. Source: PCI Local Bus 3.0, section 6.7.
    private void LinkStandard(PciCapability[] capabilities)
    {
        int pointer = ConfigOffset.CapabilitiesPointer;
        foreach (PciCapability capability in capabilities)
        {
            _resetValues[pointer] = (byte)capability.Offset;
            _resetValues[capability.Offset] = (byte)capability.Id;
            pointer = capability.Offset + 1;
        }

        if (capabilities.Length > 0)
            _resetValues[ConfigOffset.Status] |= (byte)StatusCapabilitiesList;
    }

    // Source: PCI Express Base 5.0, section 7.6.3: ID, version, offset of the next. The list begins at 0x100, with an ID of 0 if nothing
    // is declared there.
    private void LinkExtended(PciCapability[] capabilities)
    {
        for (int i = 0; i < capabilities.Length; i++)
        {
            uint next = i + 1 < capabilities.Length ? (uint)capabilities[i + 1].Offset : 0;
            ResetDword(capabilities[i].Offset, capabilities[i].Id | ((uint)capabilities[i].Version << 16) | (next << 20));
        }

        if (capabilities is [{ Offset: > ConfigOffset.Extended and var first }, ..])
            ResetDword(ConfigOffset.Extended, (uint)first << 20);
    }

    private static void SetWord(byte[] bytes, int offset, ushort value) =>
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(offset), value);

    private static void SetDword(byte[] bytes, int offset, uint value) =>
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(offset), value);
}
