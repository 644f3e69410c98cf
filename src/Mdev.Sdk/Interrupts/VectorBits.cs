using Mdev.Sdk.State;

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

    public void SaveState(StateWriter writer)
    {
        foreach (ulong qword in _qwords)
            writer.Write(sizeof(ulong), qword);
    }

    /// <summary>Checks or restores what <see cref="SaveState"/> wrote; nobody is told.</summary>
    public void LoadState(ref StateReader reader)
    {
        for (int i = 0; i < _qwords.Length; i++)
        {
            bool applies = reader.Next(sizeof(ulong), out ulong qword);
            int left = (int)vectors - (64 * i);
            if (left < 64 && qword >> left != 0)
                reader.Refuse("The saved state has interrupt vectors that are not there.");
            if (applies)
                _qwords[i] = qword;
        }
    }
}
