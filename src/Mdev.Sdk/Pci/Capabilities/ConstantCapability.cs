namespace Mdev.Sdk.Pci.Capabilities;

/// <summary>A capability whose bytes never change: vendor-specific, device serial number.</summary>
/// <param name="id">Capability ID.</param>
/// <param name="extended">Which list it is in.</param>
/// <param name="body">What comes behind the header of two bytes, or of four.</param>
/// <param name="offset">Offset that the data sheet gives; 0 for the next free one.</param>
internal sealed class ConstantCapability(ushort id, bool extended, byte[] body, int offset)
    : PciCapability(id, (extended ? 4 : 2) + body.Length, offset)
{
    public override bool IsExtended => extended;

    public override void Declare(ConfigSpace space) => body.CopyTo(space.ResetValues(End - body.Length, body.Length));
}
