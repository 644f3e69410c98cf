using Mdev.Sdk.Generators.Diagnostics;

namespace Mdev.Sdk.Generators.Reading;

/// <summary>The lanes that something takes, each <paramref name="Lanes"/> of every <paramref name="Stride"/>.</summary>
/// <param name="Name">What takes them.</param>
/// <param name="Place">Where it is declared.</param>
/// <param name="First">Number of its first lane.</param>
/// <param name="Stride">Lanes from one element to the next.</param>
/// <param name="Count">Number of elements.</param>
/// <param name="Lanes">Lanes of one element.</param>
internal sealed record Extent(string Name, Place Place, uint First, uint Stride, uint Count, uint Lanes)
{
    /// <summary>A single register: how these share bytes is checked by bytes, elsewhere.</summary>
    public bool IsRegister { get; init; }

    private long End => First + (Stride * (long)(Count - 1)) + Lanes;

    public bool Meets(Extent other)
    {
        if (First >= other.End || other.First >= End)
            return false;

        // The one with fewer elements is tried against the other's pattern.
        (Extent few, Extent many) = Count <= other.Count ? (this, other) : (other, this);
        for (uint i = 0; i < few.Count; i++)
        {
            long start = few.First + (i * (long)few.Stride), end = start + few.Lanes;
            if (start >= many.End || many.First >= end)
                continue;
            long first = Math.Max(0, (start - many.First - many.Lanes + many.Stride) / many.Stride);
            for (long n = Math.Max(0, first - 1); n < many.Count && many.First + (n * many.Stride) < end; n++)
            {
                if (many.First + (n * many.Stride) + many.Lanes > start)
                    return true;
            }
        }

        return false;
    }
}
