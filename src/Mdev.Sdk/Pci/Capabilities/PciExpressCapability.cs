namespace Mdev.Sdk.Pci.Capabilities;

/// <summary>PCI Express, of an endpoint. Source: PCI Express Base 5.0, section 7.5.3.</summary>
internal sealed class PciExpressCapability(PciExpressAttribute declared) : PciCapability(0x10, 60, declared.Offset)
{
    private const int Flags = 0x02, DeviceCapabilities = 0x04, DeviceControl = 0x08, LinkCapabilities = 0x0c, LinkControl = 0x10, LinkStatus = 0x12;
    private const int LinkCapabilities2 = 0x2c, LinkControl2 = 0x30;
    private const ushort CapabilityVersion = 2;
    private const uint RoleBasedErrors = 1u << 15, FlrCapable = 1u << 28;
    private const byte InitiateFlr = 0x80;

    public override bool IsLive => true;

    public override bool NeedsExpress => true;

    public override void Declare(ConfigSpace space)
    {
        uint speed = (uint)declared.Speed, width = (uint)declared.Width;
        space.ResetWord(Offset + Flags, CapabilityVersion);
        space.ResetDword(Offset + DeviceCapabilities, RoleBasedErrors | (declared.FunctionLevelReset ? FlrCapable : 0));

        // Relaxed ordering and no snoop are on after reset, and read requests have 512 bytes; payloads have 128.
        space.ResetWord(Offset + DeviceControl, 0x2810);
        space.WritableWord(Offset + DeviceControl, 0x78ff);
        space.ResetDword(Offset + LinkCapabilities, speed | (width << 4));
        space.WritableWord(Offset + LinkControl, 0x00cb);
        space.ResetWord(Offset + LinkStatus, (ushort)(speed | (width << 4)));

        // Supported speeds: a bit for each up to the fastest.
        space.ResetDword(Offset + LinkCapabilities2, ((1u << (int)speed) - 1) << 1);
        space.ResetWord(Offset + LinkControl2, (ushort)speed);
        space.WritableWord(Offset + LinkControl2, 0x000f);
    }

    public override void Write(ConfigSpace space, int inside, ReadOnlySpan<byte> bytes)
    {
        // Section 6.6.2: the bit reads as 0, so that it is not stored.
        const int At = DeviceControl + 1;
        if (declared.FunctionLevelReset && Touches(inside, bytes.Length, At) && (bytes[At - inside] & InitiateFlr) != 0)
            space.Device.Reset();
    }
}
