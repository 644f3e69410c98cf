namespace Mdev.Sdk.Testing;

public sealed partial class VfioUserClient
{
    private const int AccessSize = 16;

    /// <inheritdoc/>
    public override Errno TryReadRegion(uint region, ulong offset, Span<byte> destination)
    {
        BeginAccess(region, offset, destination.Length, 0);
        Errno error = Call(Command.RegionRead, out ReadOnlySpan<byte> reply);
        if (error != Errno.None)
            return error;
        Expect(reply.Length == AccessSize + destination.Length, "a REGION_READ reply has the wrong length");
        ExpectAccess(reply, region, offset, destination.Length);
        reply[AccessSize..].CopyTo(destination);
        return Errno.None;
    }

    /// <inheritdoc/>
    public override Errno TryWriteRegion(uint region, ulong offset, ReadOnlySpan<byte> source)
    {
        source.CopyTo(BeginAccess(region, offset, source.Length, source.Length));
        Errno error = Call(Command.RegionWrite, out ReadOnlySpan<byte> reply);
        if (error != Errno.None)
            return error;
        Expect(reply.Length == AccessSize, "a REGION_WRITE reply has the wrong length");
        ExpectAccess(reply, region, offset, source.Length);
        return Errno.None;
    }

    /// <summary>REGION_WRITE with No_reply: it returns before the server has seen it, and nobody learns of an error.</summary>
    /// <param name="region">Region index.</param>
    /// <param name="offset">Offset in the region.</param>
    /// <param name="source">The bytes.</param>
    public void PostWriteRegion(uint region, ulong offset, params ReadOnlySpan<byte> source)
    {
        source.CopyTo(BeginAccess(region, offset, source.Length, source.Length));
        Post(Command.RegionWrite);
    }

    private Span<byte> BeginAccess(uint region, ulong offset, int count, int dataSize)
    {
        Span<byte> payload = Begin(AccessSize + dataSize);
        WriteUInt64(payload, 0, offset);
        WriteUInt32(payload, 8, region);
        WriteUInt32(payload, 12, (uint)count);
        return payload[AccessSize..];
    }

    private static void ExpectAccess(ReadOnlySpan<byte> reply, uint region, ulong offset, int count) =>
        Expect(
            ReadUInt64(reply, 0) == offset && ReadUInt32(reply, 8) == region && ReadUInt32(reply, 12) == (uint)count,
            "a region access was answered with another one's offset, region or count");
}
