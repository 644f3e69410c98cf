using Mdev.Sdk.Registers;

namespace Mdev.Sdk.Tests;

/// <summary>
/// A block written by hand: plain storage in its first half, nothing in its second, and a hook for what a test wants to
/// happen at an access.
/// </summary>
internal sealed class ScratchBlock(uint size, AccessWidth bus = AccessWidth.Byte, WideAccess wide = WideAccess.EveryLane,
    Unmapped unmapped = Unmapped.ReadZero) : IRegisterBlock
{
    public ulong[] Lanes { get; } = new ulong[size / (uint)bus];

    public List<string> Accesses { get; } = [];

    public Action? OnAccess { get; set; }

    public int Resets { get; private set; }

    public RegisterBlockInfo Info { get; init; } = new("Scratch", size) { Bus = bus, Wide = wide, Unmapped = unmapped };

    public bool TryReadLane(uint offset, ulong enabled, out ulong value)
    {
        OnAccess?.Invoke();
        Accesses.Add($"read {offset} {enabled:x}");
        value = IsClaimed(offset) ? Lanes[offset / (uint)Info.Bus] : 0;
        return IsClaimed(offset);
    }

    public bool TryWriteLane(uint offset, ulong value, ulong enabled)
    {
        OnAccess?.Invoke();
        Accesses.Add($"write {offset} {enabled:x}");
        if (!IsClaimed(offset))
            return false;
        ref ulong lane = ref Lanes[offset / (uint)Info.Bus];
        lane = (lane & ~enabled) | (value & enabled);
        return true;
    }

    public string? NameAt(uint offset, bool write) => IsClaimed(offset) ? $"R{offset}" : null;

    public void Reset(ResetKind kind)
    {
        Array.Clear(Lanes);
        Resets++;
    }

    private bool IsClaimed(uint offset) => offset < Info.Size / 2;
}
