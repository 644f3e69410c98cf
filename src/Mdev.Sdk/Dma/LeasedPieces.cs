using System.Buffers;
using System.Runtime.CompilerServices;

namespace Mdev.Sdk.Dma;

/// <summary>Contiguous pieces of guest memory, each with a lease of its mapping. The first few are kept without an allocation.</summary>
internal struct LeasedPieces
{
    private const int Near = 8;

    private NearPieces _near;
    private LeasedPiece[]? _far;

    public int Count { get; private set; }

    /// <summary>Bytes of all.</summary>
    public ulong Length { get; private set; }

    public readonly LeasedPiece this[int index]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)Count, nameof(index));
            return index < Near ? _near[index] : _far![index - Near];
        }
    }

    /// <summary>Whether all of them still are the guest's memory.</summary>
    public readonly bool AreValid
    {
        get
        {
            for (int index = 0; index < Count; index++)
            {
                if (this[index].Mapping is { IsBroken: true } or { IsRevoked: true })
                    return false;
            }
            return true;
        }
    }

    /// <summary>Takes over a lease.</summary>
    public void Add(DmaMapping mapping, ulong address, int length)
    {
        var piece = new LeasedPiece(mapping, address, length);
        if (Count < Near)
            _near[Count] = piece;
        else
            MakeRoom()[Count - Near] = piece;
        Count++;
        Length += (ulong)length;
    }

    /// <summary>Marks all of them as written.</summary>
    public readonly void MarkDirty()
    {
        for (int index = 0; index < Count; index++)
            this[index].Mapping.MarkDirty(this[index].Address, (ulong)this[index].Length);
    }

    /// <summary>Returns all leases.</summary>
    public void Return()
    {
        for (int index = 0; index < Count; index++)
            this[index].Mapping.ReturnSpan();
        if (_far is not null)
            ArrayPool<LeasedPiece>.Shared.Return(_far, clearArray: true);
        this = default;
    }

    private LeasedPiece[] MakeRoom()
    {
        int used = Count - Near;
        if (_far is not null && used < _far.Length)
            return _far;
        LeasedPiece[] larger = ArrayPool<LeasedPiece>.Shared.Rent(Math.Max(used * 2, Near * 4));
        if (_far is not null)
        {
            _far.AsSpan(0, used).CopyTo(larger);
            ArrayPool<LeasedPiece>.Shared.Return(_far, clearArray: true);
        }
        return _far = larger;
    }

    [InlineArray(Near)]
    private struct NearPieces
    {
        private LeasedPiece _first;
    }
}
