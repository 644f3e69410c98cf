namespace Mdev.Sdk.Testing.Captures;

/// <summary>Numbers of pcapng. Source: draft-ietf-opsawg-pcapng, sections 3.5 and 4; link types: tcpdump.org/linktypes.html.</summary>
internal static class PcapngBlock
{
    public const uint SectionHeader = 0x0a0d0d0a;
    public const uint InterfaceDescription = 1;
    public const uint EnhancedPacket = 6;

    public const uint ByteOrderMagic = 0x1a2b3c4d;

    /// <summary>Type and length before a block's body, and its length again behind.</summary>
    public const int Frame = 12;

    /// <summary>Ends a block's options, with no value.</summary>
    public const ushort EndOfOptions = 0;

    /// <summary>Of any block; may repeat.</summary>
    public const ushort Comment = 1;

    // Of the section.
    public const ushort UserApplication = 4;

    // Of an interface.
    public const ushort InterfaceName = 2;
    public const ushort InterfaceText = 3;
    public const ushort TimeResolution = 9;

    // Of a packet.
    public const ushort PacketFlags = 2;
    public const ushort DropCount = 4;

    /// <summary>Of <see cref="PacketFlags"/>: from the client to the device.</summary>
    public const uint Inbound = 1;

    /// <summary>Of <see cref="PacketFlags"/>: from the device to the client.</summary>
    public const uint Outbound = 2;

    /// <summary>LINKTYPE_USER0: vfio-user messages here.</summary>
    public const ushort Messages = 147;

    /// <summary>LINKTYPE_USER1: interrupts here, index and vector as two dwords.</summary>
    public const ushort Interrupts = 148;
}
