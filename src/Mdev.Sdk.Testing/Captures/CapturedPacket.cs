namespace Mdev.Sdk.Testing.Captures;

/// <summary>A packet of a capture.</summary>
/// <param name="Number">From 1, as Wireshark counts.</param>
/// <param name="Time">When, in nanoseconds since 1970-01-01 UTC.</param>
/// <param name="LinkType">LINKTYPE of its interface: 147 for vfio-user messages, 148 for interrupts.</param>
/// <param name="Data">Its bytes, or the first of them.</param>
/// <param name="Length">Bytes that it had.</param>
/// <param name="Comments">What the file says of it: the registers that an access has met.</param>
public sealed record CapturedPacket(
    int Number, long Time, int LinkType, ReadOnlyMemory<byte> Data, long Length, IReadOnlyList<string> Comments)
{
    /// <summary>Whether bytes of it are missing.</summary>
    public bool IsTruncated => Data.Length < Length;
}
