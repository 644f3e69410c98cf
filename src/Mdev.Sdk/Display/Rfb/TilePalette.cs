using System.Runtime.CompilerServices;

namespace Mdev.Sdk.Display.Rfb;

/// <summary>The colours of a tile, as long as they are few.</summary>
internal sealed class TilePalette
{
    /// <summary>As many as a tile's subencoding can say. Source: RFC 6143, section 7.7.6.</summary>
    public const int Most = 127;

    // Twice as many places as colours: searches stay short.
    private const int Places = 256;

    private readonly uint[] _colours = new uint[Most];
    private readonly byte[] _places = new byte[Places];

    /// <summary>How many there are; one more than <see cref="Most"/> if there are too many.</summary>
    public int Count { get; private set; }

    /// <summary>The colours, in the order in which they came.</summary>
    public ReadOnlySpan<uint> Colours => _colours.AsSpan(0, Count);

    /// <summary>Forgets all.</summary>
    public void Clear()
    {
        Count = 0;
        Array.Clear(_places);
    }

    /// <summary>Adds a colour, unless it or too many are there.</summary>
    public void Add(uint colour)
    {
        if (Count > Most)
            return;
        ref byte place = ref PlaceOf(colour);
        if (place != 0)
            return;
        if (Count < Most)
        {
            _colours[Count] = colour;
            place = (byte)(Count + 1);
        }
        Count++;
    }

    /// <summary>The number of a colour that was added.</summary>
    public int IndexOf(uint colour) => PlaceOf(colour) - 1;

    // Where a colour's number is, plus 1; 0 there if it has none yet.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ref byte PlaceOf(uint colour)
    {
        uint place = (colour * 2654435761) >> 24;
        while (_places[place] != 0 && _colours[_places[place] - 1] != colour)
            place = (place + 1) % Places;
        return ref _places[place];
    }
}
