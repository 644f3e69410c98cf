namespace Mdev.Sdk.Testing;

public sealed partial class VfioUserClient
{
    private const ushort RegionWriteMulti = 15;
    private const int WriteEntrySize = 24;

    /// <summary>REGION_WRITE_MULTI: writes of at most 8 bytes in one message, carried out in their order. Allocates nothing.</summary>
    /// <param name="writes">The writes; a megabyte of messages has room for some 43,000.</param>
    /// <param name="completed">How many were carried out; 0 unless the result is None.</param>
    /// <returns>None, or the errno of an error reply: then none of them was carried out by this SDK's server.</returns>
    public Errno TryWriteRegions(ReadOnlySpan<VfioRegionWrite> writes, out ulong completed)
    {
        BeginWrites(writes);
        completed = 0;
        Errno error = Call(RegionWriteMulti, out ReadOnlySpan<byte> reply);
        if (error != Errno.None)
            return error;
        Expect(reply.Length == 8 && ReadUInt64(reply, 0) <= (ulong)writes.Length, "a REGION_WRITE_MULTI reply has the wrong form");
        completed = ReadUInt64(reply, 0);
        return Errno.None;
    }

    /// <summary>REGION_WRITE_MULTI.</summary>
    /// <param name="writes">The writes.</param>
    /// <exception cref="VfioException">The server refuses.</exception>
    public void WriteRegions(params ReadOnlySpan<VfioRegionWrite> writes)
    {
        Check(TryWriteRegions(writes, out ulong completed), "REGION_WRITE_MULTI");
        Expect(completed == (ulong)writes.Length, "a REGION_WRITE_MULTI was accepted and not completed");
    }

    /// <summary>REGION_WRITE_MULTI with No_reply, as QEMU sends it: it returns before the server has seen it.</summary>
    /// <param name="writes">The writes.</param>
    public void PostWriteRegions(params ReadOnlySpan<VfioRegionWrite> writes)
    {
        BeginWrites(writes);
        Post(RegionWriteMulti);
    }

    private void BeginWrites(ReadOnlySpan<VfioRegionWrite> writes)
    {
        Span<byte> payload = Begin(8 + (WriteEntrySize * writes.Length));
        WriteUInt64(payload, 0, (ulong)writes.Length);
        for (int i = 0; i < writes.Length; i++)
        {
            Span<byte> entry = payload.Slice(8 + (WriteEntrySize * i), WriteEntrySize);
            WriteUInt64(entry, 0, writes[i].Offset);
            WriteUInt32(entry, 8, writes[i].Region);
            WriteUInt32(entry, 12, writes[i].Count);
            WriteUInt64(entry, 16, writes[i].Value);
        }
    }
}
