using Mdev.Sdk.Generators.Diagnostics;

namespace Mdev.Sdk.Generators.Reading;

/// <summary>What something takes, each <paramref name="Length"/> of every <paramref name="Stride"/>: bytes, or lanes of the bus.</summary>
/// <param name="Name">What takes them.</param>
/// <param name="Place">Where it is declared.</param>
/// <param name="First">Number of its first one.</param>
/// <param name="Stride">From one element to the next.</param>
/// <param name="Count">Number of elements.</param>
/// <param name="Length">Of one element.</param>
internal sealed record Extent(string Name, Place Place, uint First, uint Stride, uint Count, uint Length)
{
    /// <summary>All of them must hold for it to be there.</summary>
    public EquatableArray<Condition> Conditions { get; init; }

    /// <summary>Whether it is an inner block or leads into one, which shares no lane.</summary>
    public bool IsBlock { get; init; }

    public long End => First + (Stride * (long)(Count - 1)) + Length;

    public static Extent BytesOf(RegisterModel register, Place place = default) =>
        new(register.Name, place, register.Offset, (uint)register.Type.Bytes, 1, (uint)register.Type.Bytes) { Conditions = register.Conditions };

    public static Extent BytesOf(RegisterArrayModel array, Place place = default)
    {
        uint bytes = (uint)array.Element.Type.Bytes;
        return new(array.Name, place, array.Offset, Math.Max(array.Stride, bytes), (uint)array.Count, bytes) { Conditions = array.Element.Conditions };
    }

    public static Extent LanesOf(RegisterModel register, uint bus, Place place = default) =>
        new(register.Name, place, register.Offset / bus, 1, 1, (uint)((register.End + bus - 1) / bus) - (register.Offset / bus)) { Conditions = register.Conditions };

    /// <summary>All lanes between the first and the last, where an array does not keep to every so many.</summary>
    public static Extent LanesOf(RegisterArrayModel array, uint bus, Place place = default)
    {
        uint first = array.Offset / bus;
        return array.Stride >= bus && array.Stride % bus == 0
            ? new(array.Name, place, first, array.Stride / bus, (uint)array.Count, 1) { Conditions = array.Element.Conditions }
            : new(array.Name, place, first, 1, (uint)((array.End + bus - 1) / bus) - first, 1) { Conditions = array.Element.Conditions };
    }

    public bool IsExcludedBy(Extent other) => Conditions.Any(c => other.Conditions.Any(c.Excludes));

    public bool Meets(Extent other)
    {
        if (First >= other.End || other.First >= End)
            return false;

        // The one with fewer elements is tried against the other's pattern.
        (Extent few, Extent many) = Count <= other.Count ? (this, other) : (other, this);
        for (uint i = 0; i < few.Count; i++)
        {
            long start = few.First + (i * (long)few.Stride), end = start + few.Length;
            if (start >= many.End || many.First >= end)
                continue;
            long first = Math.Max(0, (start - many.First - many.Length + many.Stride) / many.Stride);
            for (long n = Math.Max(0, first - 1); n < many.Count && many.First + (n * many.Stride) < end; n++)
            {
                if (many.First + (n * many.Stride) + many.Length > start)
                    return true;
            }
        }

        return false;
    }
}
