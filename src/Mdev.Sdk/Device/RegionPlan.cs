using Mdev.Sdk.Interop;
using Mdev.Sdk.Registers;

namespace Mdev.Sdk.Device;

/// <summary>What the attributes say of one region, collected part by part until it can be made.</summary>
internal sealed class RegionPlan
{
    private readonly List<PlannedPart> _parts = [];

    /// <summary>Whether there is anything in it.</summary>
    public bool IsEmpty => _parts.Count == 0;

    /// <summary>Bytes the region has in any case; 0 if only its parts say.</summary>
    public ulong Size { get; set; }

    /// <summary>What it is beyond its bytes.</summary>
    public RegionTraits Traits { get; set; }

    /// <summary>Whether it is behind I/O ports.</summary>
    public bool IsPorts { get; set; }

    /// <summary>Bytes that the region needs.</summary>
    public ulong Extent => Math.Max(Size, _parts.Count == 0 ? 0 : _parts.Max(p => p.End));

    public void Add(ulong offset, IRegisterBlock block) => _parts.Add(new(offset, block.Info.Size) { Block = block });

    /// <param name="offset">Bytes from the start of the region.</param>
    /// <param name="memory">The memory.</param>
    /// <param name="mapped">Whether a client may map it.</param>
    public void Add(ulong offset, DeviceMemory memory, bool mapped) =>
        _parts.Add(new(offset, memory.Extent(mapped)) { Memory = memory, Mapped = mapped });

    /// <summary>Adds something that the SDK itself puts into a region.</summary>
    public void Add(ulong offset, Region region) => _parts.Add(new(offset, region.Size) { Region = region });

    /// <summary>Makes the region.</summary>
    /// <param name="device">Owns it.</param>
    /// <param name="index">VFIO region index.</param>
    /// <param name="size">Bytes; at least <see cref="Extent"/>.</param>
    /// <exception cref="InvalidOperationException">The parts do not go together.</exception>
    /// <exception cref="IOException">There is no memory for it.</exception>
    public Region Build(VfioDevice device, int index, ulong size)
    {
        _parts.Sort((a, b) => a.Offset.CompareTo(b.Offset));
        Check(device, index);
        RegionMapping? mapping = MapParts(device, size);
        foreach (PlannedPart part in _parts)
        {
            if (part.Memory is { } memory)
                PlaceMemory(device, memory, part, mapping);
            if (part.Memory is DoorbellArea { EventFds: true } doorbells)
                device.Own(new DoorbellPlace((uint)index, part.Offset, doorbells, IsPorts));
        }

        Region region = Compose(device, index, size);
        if (Traits.ReadOnly || Traits.WriteOnly)
            region = new OneWayRegion(region, !Traits.WriteOnly, !Traits.ReadOnly);
        (region.Mapping, region.Traits) = (mapping, Traits);
        return region;
    }

    private Region Compose(VfioDevice device, int index, ulong size)
    {
        // A block alone has the whole region: what lies behind it is claimed by no register, which is counted.
        if (_parts is [{ Offset: 0, Block: { } block }])
            return new RegisterRegion(device, index, block, size);
        List<RegionPart> parts = [.. _parts.Select(p => new RegionPart(p.Offset, Make(device, index, p)))];
        return parts is [{ Offset: 0, Region: var only }] && only.Size == size ? only : new CompositeRegion(size, parts);
    }

    private static Region Make(VfioDevice device, int index, PlannedPart part) =>
        part.Region
        ?? (part.Memory is { } memory
            ? new DeviceMemoryRegion(device, memory)
            : new RegisterRegion(device, index, part.Block!, part.Size, (uint)part.Offset));

    private void Check(VfioDevice device, int index)
    {
        ulong page = (ulong)Environment.SystemPageSize, end = 0;
        foreach (PlannedPart part in _parts)
        {
            if (part.Offset < end)
                throw new InvalidOperationException($"{Name(part)} shares bytes with the part before it, which ends at 0x{end:x}; move one of them.");
            end = part.End;
            if (part is { Mapped: true, Memory: DoorbellArea { EventFds: true } })
                throw new InvalidOperationException($"{Name(part)} are doorbells that ring by eventfds, of which mapped ones have no need: set Mapped = false.");
            if (part.Mapped && (part.Offset % page != 0 || part.Size % page != 0))
            {
                throw new InvalidOperationException(
                    $"{Name(part)} has {part.Size} bytes; what clients map begins and ends at a multiple of the page size, {page}: round up, or set Mapped = false.");
            }
        }

        string Name(PlannedPart part) => $"{device.GetType().Name}: what lies at 0x{part.Offset:x} of region {index}";
    }

    // One file for all that is mapped of the region, so that a client needs one descriptor.
    private RegionMapping? MapParts(VfioDevice device, ulong size)
    {
        var areas = new List<RegionArea>();
        foreach (PlannedPart part in _parts.Where(p => p.Mapped))
        {
            if (areas is [.., var last] && last.Offset + last.Size == part.Offset)
                areas[^1] = last with { Size = last.Size + part.Size };
            else
                areas.Add(new(part.Offset, part.Size));
        }
        if (areas.Count == 0)
            return null;

        ulong page = (ulong)Environment.SystemPageSize;
        return new(device.Own(MappedMemory.Shared((size + page - 1) & ~(page - 1), writable: !Traits.ReadOnly)), areas);
    }

    private static void PlaceMemory(VfioDevice device, DeviceMemory memory, PlannedPart part, RegionMapping? mapping)
    {
        memory.Capacity = (long)part.Size;
        device.Own(memory);
        if (part.Mapped)
            memory.Place(mapping!.Memory, part.Offset);
        else
            memory.Place(device.Own(MappedMemory.Private(part.Size)), 0);
    }

    // One of Block, Memory and Region.
    private readonly record struct PlannedPart(ulong Offset, ulong Size)
    {
        public IRegisterBlock? Block { get; init; }
        public DeviceMemory? Memory { get; init; }
        public Region? Region { get; init; }
        public bool Mapped { get; init; }
        public ulong End => checked(Offset + Size);
    }
}
