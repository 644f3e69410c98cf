using System.Diagnostics.CodeAnalysis;

namespace Mdev.Sdk.Dma;

/// <summary>
/// What is mapped, sorted by address and never overlapping. Changed on the memory's lock; looked up without it, since a mapping's range
/// never changes and a lease tells whether it is still there: what an array in motion hides is found on the lock.
/// </summary>
internal sealed class MappingTable
{
    private DmaMapping?[] _sorted = new DmaMapping?[8];
    private int _count;

    /// <summary>How many.</summary>
    public int Count => _count;

    /// <summary>One of them, by its rank; on the memory's lock.</summary>
    public DmaMapping this[int index]
    {
        get => _sorted[index]!;
        set => _sorted[index] = value;
    }

    /// <summary>The mapping that has the address. Without the lock it may be missed, or have been removed.</summary>
    public bool TryFind(ulong address, [NotNullWhen(true)] out DmaMapping? mapping)
    {
        DmaMapping?[] sorted = Volatile.Read(ref _sorted);
        int low = 0, high = Math.Min(Volatile.Read(ref _count), sorted.Length);
        while (low < high)
        {
            int middle = (low + high) >>> 1;
            mapping = sorted[middle];
            if (mapping is null)
                return false;
            if (mapping.Last < address)
                low = middle + 1;
            else if (mapping.Address > address)
                high = middle;
            else
                return true;
        }
        mapping = null;
        return false;
    }

    /// <summary>The rank of the first mapping that ends at an address or after it; on the memory's lock.</summary>
    public int FirstEndingAtOrAfter(ulong address)
    {
        int low = 0, high = _count;
        while (low < high)
        {
            int middle = (low + high) >>> 1;
            if (_sorted[middle]!.Last < address)
                low = middle + 1;
            else
                high = middle;
        }
        return low;
    }

    public void Insert(int index, DmaMapping mapping)
    {
        DmaMapping?[] sorted = _sorted;
        if (_count == sorted.Length)
        {
            // A new array: who is looking into the old one must not see it longer than it is.
            sorted = new DmaMapping?[_count * 2];
            Array.Copy(_sorted, sorted, _count);
        }
        Array.Copy(sorted, index, sorted, index + 1, _count - index);
        sorted[index] = mapping;
        Volatile.Write(ref _sorted, sorted);
        Volatile.Write(ref _count, _count + 1);
    }

    public void RemoveAt(int index)
    {
        Array.Copy(_sorted, index + 1, _sorted, index, _count - index - 1);
        Volatile.Write(ref _count, _count - 1);
        _sorted[_count] = null;
    }

    /// <summary>Takes everything out.</summary>
    public DmaMapping[] RemoveAll()
    {
        DmaMapping[] removed = [.. _sorted.AsSpan(0, _count)!];
        _count = 0;
        Volatile.Write(ref _sorted, new DmaMapping?[8]);
        return removed;
    }
}
