using System.Numerics;

namespace Mdev.Sdk.Dma;

/// <summary>Which pages of a mapping the device has written, a bit each. Marked by any thread; read and cleared in one step.</summary>
internal sealed class DirtyBitmap
{
    private const int BitsPerWord = 64;

    private readonly ulong[] _words;
    private readonly ulong _size;
    private readonly int _shift;

    private DirtyBitmap(ulong size, int shift, ulong words) => (_size, _shift, _words) = (size, shift, new ulong[words]);

    /// <summary>What it takes of this process's memory.</summary>
    public ulong Bytes => (ulong)_words.Length * sizeof(ulong);

    /// <summary>Makes a clean one.</summary>
    /// <param name="size">Bytes of the mapping; at least 1.</param>
    /// <param name="shift">Logarithm of the page size that is wanted.</param>
    /// <param name="room">Bytes that it may take. Where they are too few its pages are larger: it tells more, and never less.</param>
    public static DirtyBitmap Of(ulong size, int shift, ulong room)
    {
        ulong words = WordsOf(size, shift);
        for (; words > 1 && words * sizeof(ulong) > room; words = WordsOf(size, shift))
            shift++;
        return new DirtyBitmap(size, shift, words);
    }

    /// <summary>
    /// Bytes of a bitmap on the wire: whole words of 64 pages. Source: vfio-user, "VFIO_DEVICE_FEATURE_DMA_LOGGING_REPORT".
    /// </summary>
    public static ulong BytesOf(ulong size, int shift) => WordsOf(size, shift) * sizeof(ulong);

    /// <summary>Marks the pages that bytes lie in.</summary>
    /// <param name="offset">Bytes from the start of the mapping.</param>
    /// <param name="length">Bytes, inside of it.</param>
    public void Mark(ulong offset, ulong length)
    {
        if (length == 0)
            return;
        ulong first = offset >> _shift, last = (offset + (length - 1)) >> _shift;
        for (ulong word = first / BitsPerWord; word <= last / BitsPerWord; word++)
            Interlocked.Or(ref _words[word], BitsOf(word, first, last));
    }

    /// <summary>Tells and clears the pages of the mapping's first bytes. A page that goes on behind them stays marked, too.</summary>
    /// <param name="length">Bytes from the start of the mapping; at least 1.</param>
    /// <param name="shift">Logarithm of the size of the pages that are told.</param>
    /// <param name="bitmap">All zero and long enough; receives a bit for each of those pages that has been written.</param>
    public void Collect(ulong length, int shift, Span<byte> bitmap)
    {
        ulong last = (length - 1) >> _shift;

        // As many as end inside of the bytes; the last page of all may be a part of one.
        ulong whole = length == _size ? last + 1 : length >> _shift;
        for (ulong word = 0; word <= last / BitsPerWord; word++)
        {
            ref ulong bits = ref _words[word];
            if (Volatile.Read(ref bits) == 0)
                continue;
            ulong kept = whole == 0 ? ulong.MaxValue : ~BitsOf(word, 0, whole - 1);
            ulong told = Interlocked.And(ref bits, kept) & BitsOf(word, 0, last);
            if (_shift == shift)
            {
                BitConverter.TryWriteBytes(bitmap[(int)(word * sizeof(ulong))..], told);
                continue;
            }

            for (; told != 0; told &= told - 1)
            {
                ulong start = ((word * BitsPerWord) + (ulong)BitOperations.TrailingZeroCount(told)) << _shift;
                ulong end = Math.Min(start + ((1UL << _shift) - 1), length - 1);
                Set(bitmap, start >> shift, end >> shift);
            }
        }
    }

    private static ulong WordsOf(ulong size, int shift) => ((size - 1) >> shift) / BitsPerWord + 1;

    // The bits of one word of the pages from the first to the last.
    private static ulong BitsOf(ulong word, ulong first, ulong last)
    {
        ulong low = word * BitsPerWord;
        if (last < low || first > low + (BitsPerWord - 1))
            return 0;
        ulong bits = ulong.MaxValue;
        if (first > low)
            bits <<= (int)(first - low);
        if (last < low + (BitsPerWord - 1))
            bits &= ulong.MaxValue >> (int)(BitsPerWord - 1 - (last - low));
        return bits;
    }

    private static void Set(Span<byte> bitmap, ulong first, ulong last)
    {
        const int BitsPerByte = 8;
        int low = (int)(first / BitsPerByte), high = (int)(last / BitsPerByte);
        var head = (byte)(byte.MaxValue << (int)(first % BitsPerByte));
        var tail = (byte)(byte.MaxValue >> (int)(BitsPerByte - 1 - (last % BitsPerByte)));
        if (low == high)
        {
            bitmap[low] |= (byte)(head & tail);
            return;
        }
        bitmap[low] |= head;
        bitmap[(low + 1)..high].Fill(byte.MaxValue);
        bitmap[high] |= tail;
    }
}
