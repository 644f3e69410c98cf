using Mdev.Sdk.Registers;
using Mdev.Sdk.State;

namespace Mdev.Sdk.Device;

/// <summary>
/// A region that several things share: registers, memory, an MSI-X table. Each is a region of its own that begins at an offset. An
/// access over a border becomes one for each part; bytes of no part read as zero, and writes to them are dropped.
/// </summary>
internal sealed class CompositeRegion : Region
{
    private readonly RegionPart[] _parts;

    /// <param name="size">Bytes of the whole.</param>
    /// <param name="parts">In any order; they do not overlap and end inside of the whole.</param>
    public CompositeRegion(ulong size, IEnumerable<RegionPart> parts)
        : base(size) => _parts = [.. parts.OrderBy(p => p.Offset)];

    /// <summary>By offset.</summary>
    public IReadOnlyList<RegionPart> Parts => _parts;

    public override void Read(ulong offset, Span<byte> destination)
    {
        while (!destination.IsEmpty)
        {
            (Region? part, ulong inside, int count) = Find(offset, destination.Length);
            if (part is null)
                destination[..count].Clear();
            else
                part.Read(inside, destination[..count]);
            destination = destination[count..];
            offset += (uint)count;
        }
    }

    public override void Write(ulong offset, ReadOnlySpan<byte> source)
    {
        while (!source.IsEmpty)
        {
            (Region? part, ulong inside, int count) = Find(offset, source.Length);
            part?.Write(inside, source[..count]);
            source = source[count..];
            offset += (uint)count;
        }
    }

    public override Span<byte> Reach(ulong offset, int count, bool write)
    {
        (Region? part, ulong inside, int inPart) = Find(offset, count);
        return part is not null && inPart == count ? part.Reach(inside, count, write) : default;
    }

    public override void Peek(ulong offset, Span<byte> destination)
    {
        while (!destination.IsEmpty)
        {
            (Region? part, ulong inside, int count) = Find(offset, destination.Length);
            if (part is null)
                destination[..count].Clear();
            else
                part.Peek(inside, destination[..count]);
            destination = destination[count..];
            offset += (uint)count;
        }
    }

    public override void Poke(ulong offset, ReadOnlySpan<byte> source)
    {
        while (!source.IsEmpty)
        {
            (Region? part, ulong inside, int count) = Find(offset, source.Length);
            part?.Poke(inside, source[..count]);
            source = source[count..];
            offset += (uint)count;
        }
    }

    public override void Reset(ResetKind kind)
    {
        foreach (RegionPart part in _parts)
            part.Region.Reset(kind);
    }

    public override void Dump(TextWriter writer)
    {
        foreach (RegionPart part in _parts)
            part.Region.Dump(writer);
    }

    public override string? NameAt(ulong offset, bool write)
    {
        (Region? part, ulong inside, _) = Find(offset, 1);
        return part?.NameAt(inside, write);
    }

    public override IEnumerable<PlacedBlock> BlocksFrom(ulong origin) => _parts.SelectMany(p => p.Region.BlocksFrom(origin + p.Offset));

    public override IEnumerable<PlacedMemory> MemoryFrom(ulong origin) => _parts.SelectMany(p => p.Region.MemoryFrom(origin + p.Offset));

    public override void SaveState(StateWriter writer)
    {
        foreach (RegionPart part in _parts)
            part.Region.SaveState(writer);
    }

    public override void LoadState(ref StateReader reader)
    {
        foreach (RegionPart part in _parts)
            part.Region.LoadState(ref reader);
    }

    public override void End()
    {
        foreach (RegionPart part in _parts)
            part.Region.End();
    }

    // The part at an offset, where in it that is, and how many of the bytes lie in it; null for a gap and the bytes up to its end.
    private (Region? Part, ulong Inside, int Count) Find(ulong offset, int length)
    {
        foreach (RegionPart part in _parts)
        {
            if (offset < part.Offset)
                return (null, 0, (int)Math.Min((ulong)length, part.Offset - offset));
            ulong inside = offset - part.Offset;
            if (inside < part.Region.Size)
                return (part.Region, inside, (int)Math.Min((ulong)length, part.Region.Size - inside));
        }
        return (null, 0, length);
    }
}
