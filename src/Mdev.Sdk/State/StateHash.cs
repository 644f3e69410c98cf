namespace Mdev.Sdk.State;

/// <summary>FNV-1a: against accidents, not against whoever means harm; what they write is checked like everything else.</summary>
internal static class StateHash
{
    private const ulong Start = 0xcbf2_9ce4_8422_2325;

    /// <param name="bytes">What counts.</param>
    /// <param name="before">The hash of what lies before them.</param>
    public static ulong Of(ReadOnlySpan<byte> bytes, ulong before = Start)
    {
        ulong hash = before;
        foreach (byte value in bytes)
            hash = unchecked((hash ^ value) * 0x100_0000_01b3);
        return hash;
    }
}
