using Mdev.Sdk.Registers;
using Mdev.Sdk.State;

namespace Mdev.Sdk.Device;

/// <summary>
/// A region that clients only read or only write. What goes the other way is dropped and reads zeros rather than being refused:
/// there is a client that stops for good on an error reply to an access inside a region.
/// </summary>
internal sealed class OneWayRegion(Region inner, bool readable, bool writable) : Region(inner.Size)
{
    public override void Read(ulong offset, Span<byte> destination)
    {
        if (readable)
            inner.Read(offset, destination);
        else
            destination.Clear();
    }

    public override void Write(ulong offset, ReadOnlySpan<byte> source)
    {
        if (writable)
            inner.Write(offset, source);
    }

    public override Span<byte> Reach(ulong offset, int count, bool write) =>
        (write ? writable : readable) ? inner.Reach(offset, count, write) : default;

    public override void Peek(ulong offset, Span<byte> destination) => inner.Peek(offset, destination);

    public override void Poke(ulong offset, ReadOnlySpan<byte> source) => inner.Poke(offset, source);

    public override void Reset(ResetKind kind) => inner.Reset(kind);

    public override void Dump(TextWriter writer) => inner.Dump(writer);

    public override string? NameAt(ulong offset, bool write) => (write ? writable : readable) ? inner.NameAt(offset, write) : null;

    public override IEnumerable<PlacedBlock> BlocksFrom(ulong origin) => inner.BlocksFrom(origin);

    public override void SaveState(StateWriter writer) => inner.SaveState(writer);

    public override void LoadState(ref StateReader reader) => inner.LoadState(ref reader);

    public override IEnumerable<PlacedMemory> MemoryFrom(ulong origin) => inner.MemoryFrom(origin);

    public override void End() => inner.End();
}
