using Mdev.Sdk.Device;
using Mdev.Sdk.Registers;
using Mdev.Sdk.State;

namespace Mdev.Sdk.Pci.Capabilities;

/// <summary>A capability whose registers the vendor declares: those behind the header behave as they would in a BAR.</summary>
internal sealed class RegisterCapability(ushort id, byte? version, IRegisterBlock block, int offset)
    : PciCapability(id, Math.Max((int)block.Info.Size, version is null ? 2 : 4), offset)
{
    private RegisterRegion? _region;

    public override bool IsExtended => version is not null;

    public override byte Version => version ?? 0;

    public override bool IsLive => true;

    private int HeaderSize => IsExtended ? 4 : 2;

    public override void Declare(ConfigSpace space) =>
        _region = new RegisterRegion(space.Device, PciDevice.ConfigRegion, block, (ulong)Size, (uint)Offset);

    public override void Read(ConfigSpace space, int inside, Span<byte> bytes)
    {
        int header = Header(inside, bytes.Length);
        if (header < bytes.Length)
            _region!.Read((ulong)(inside + header), bytes[header..]);
    }

    public override void Write(ConfigSpace space, int inside, ReadOnlySpan<byte> bytes)
    {
        int header = Header(inside, bytes.Length);
        if (header < bytes.Length)
            _region!.Write((ulong)(inside + header), bytes[header..]);
    }

    public override void Peek(ConfigSpace space, int inside, Span<byte> bytes)
    {
        int header = Header(inside, bytes.Length);
        _region!.Peek((ulong)(inside + header), bytes[header..]);
    }

    public override void Poke(ConfigSpace space, int inside, ReadOnlySpan<byte> bytes)
    {
        int header = Header(inside, bytes.Length);
        _region!.Poke((ulong)(inside + header), bytes[header..]);
    }

    public override void Reset(ConfigSpace space, ResetKind kind) => _region!.Reset(kind);

    public override void SaveState(StateWriter writer) => _region!.SaveState(writer);

    public override void LoadState(ReadOnlySpan<byte> values, ref StateReader reader) => _region!.LoadState(ref reader);

    public override void Dump(TextWriter writer) => _region!.Dump(writer);

    public override string? NameAt(int inside, bool write) => inside < HeaderSize ? null : _region!.NameAt((ulong)inside, write);

    public override IEnumerable<PlacedBlock> Blocks => _region!.BlocksFrom((ulong)Offset);

    public override void Close() => _region!.End();

    // How many of an access's bytes are those of the header.
    private int Header(int inside, int count) => Math.Clamp(HeaderSize - inside, 0, count);
}
