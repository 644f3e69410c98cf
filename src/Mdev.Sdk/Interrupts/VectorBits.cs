namespace Mdev.Sdk.Interrupts;

/// <summary>A bit for each vector, laid out as the Pending Bit Array of PCI is: 64 to a qword, vector 0 lowest.</summary>
internal readonly struct VectorBits(uint vectors)
{
    private readonly ulong[] _qwords = new ulong[(vectors + 63) / 64];

    public ReadOnlySpan<ulong> Qwords => _qwords;

    public bool this[int vector]
    {
        get => (_qwords[vector >> 6] & (1ul << vector)) != 0;
        set
        {
            if (value)
                _qwords[vector >> 6] |= 1ul << vector;
            else
                _qwords[vector >> 6] &= ~(1ul << vector);
        }
    }

    public void Clear() => Array.Clear(_qwords);
}
