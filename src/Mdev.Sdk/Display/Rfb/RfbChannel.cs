using System.Buffers.Binary;
using System.Numerics;

namespace Mdev.Sdk.Display.Rfb;

/// <summary>Where one of a pixel's three colours is. Source: RFC 6143, section 7.4.</summary>
/// <param name="Max">Its brightest value.</param>
/// <param name="Shift">Bits to the right of it, 0 to 31.</param>
internal readonly record struct RfbChannel(ushort Max, byte Shift)
{
    /// <summary>The bits that it can set.</summary>
    public ulong Bits => Max == 0 ? 0 : (ulong.MaxValue >> BitOperations.LeadingZeroCount((ulong)Max)) << Shift;

    public static RfbChannel Read(ReadOnlySpan<byte> max, byte shift) => new(BinaryPrimitives.ReadUInt16BigEndian(max), shift);

    /// <summary>A colour's value in place.</summary>
    /// <param name="value">0 to 255.</param>
    public uint Place(int value) => (uint)((value * Max + 127) / 255) << Shift;
}
