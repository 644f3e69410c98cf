using Mdev.Sdk.Registers;
using Mdev.Sdk.State;

namespace Mdev.Sdk.Device;

/// <summary>What an access to memory does that was not mapped away: any width, any alignment, the same bytes.</summary>
internal sealed class DeviceMemoryRegion(VfioDevice device, DeviceMemory memory)
    : Region((ulong)memory.Capacity)
{
    public override void Read(ulong offset, Span<byte> destination)
    {
        memory.Trapped();
        Peek(offset, destination);
    }

    public override void Write(ulong offset, ReadOnlySpan<byte> source)
    {
        memory.Trapped();
        Poke(offset, source);
        memory.Written(device, (long)offset, source.Length);
    }

    public override Span<byte> Reach(ulong offset, int count, bool write)
    {
        if (!memory.IsPlain)
            return default;
        memory.Trapped();
        return memory.Bytes((long)offset, count);
    }

    public override void Peek(ulong offset, Span<byte> destination) =>
        memory.Bytes((long)offset, destination.Length).CopyTo(destination);

    public override void Poke(ulong offset, ReadOnlySpan<byte> source) =>
        source.CopyTo(memory.Bytes((long)offset, source.Length));

    public override void SaveState(StateWriter writer) => memory.SaveState(writer);

    public override void LoadState(ref StateReader reader) => memory.LoadState(ref reader);

    public override IEnumerable<PlacedMemory> MemoryFrom(ulong origin) => [memory.PlaceAt(origin)];

    /// <summary>Nothing: the device has reset all its memory before the first of its registers.</summary>
    public override void Reset(ResetKind kind) { }
}
