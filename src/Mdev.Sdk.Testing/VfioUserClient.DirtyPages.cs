namespace Mdev.Sdk.Testing;

public sealed partial class VfioUserClient
{
    /// <summary>DMA_LOGGING_START: the server notes from now on what the device writes to guest memory.</summary>
    /// <param name="pageSize">Bytes that a bit is to stand for.</param>
    /// <param name="ranges">Guest addresses and sizes; all memory if not given.</param>
    /// <returns>None, or the errno of an error reply.</returns>
    public Errno TryStartDmaLogging(ulong pageSize, params ReadOnlySpan<(ulong Address, ulong Size)> ranges)
    {
        var data = new byte[16 + (16 * ranges.Length)];
        WriteUInt64(data, 0, pageSize);
        WriteUInt32(data, 8, (uint)ranges.Length);
        for (int i = 0; i < ranges.Length; i++)
        {
            WriteUInt64(data, 16 + (16 * i), ranges[i].Address);
            WriteUInt64(data, 24 + (16 * i), ranges[i].Size);
        }
        return TrySetFeature(VfioFeature.DmaLoggingStart, data);
    }

    /// <summary>DMA_LOGGING_START.</summary>
    /// <param name="pageSize">Bytes that a bit is to stand for.</param>
    /// <exception cref="VfioException">The server refuses.</exception>
    public void StartDmaLogging(ulong pageSize = 4096) => Check(TryStartDmaLogging(pageSize), "DEVICE_FEATURE DMA_LOGGING_START");

    /// <summary>DMA_LOGGING_STOP.</summary>
    /// <exception cref="VfioException">The server refuses.</exception>
    public void StopDmaLogging() => Check(TrySetFeature(VfioFeature.DmaLoggingStop, []), "DEVICE_FEATURE DMA_LOGGING_STOP");

    /// <summary>DMA_LOGGING_REPORT: what was written since it was reported last.</summary>
    /// <param name="address">Guest address of a mapping's first byte.</param>
    /// <param name="size">Bytes of it.</param>
    /// <param name="pageSize">Bytes that a bit stands for; a power of two.</param>
    /// <param name="bitmap">Receives a bit a page, whole words of 64; <see cref="BitmapSize"/> says how many bytes.</param>
    /// <returns>None, or the errno of an error reply.</returns>
    public Errno TryReportDirty(ulong address, ulong size, ulong pageSize, Span<byte> bitmap)
    {
        Span<byte> question = stackalloc byte[24];
        WriteUInt64(question, 0, address);
        WriteUInt64(question, 8, size);
        WriteUInt64(question, 16, pageSize);
        return TryGetFeature(VfioFeature.DmaLoggingReport, question, bitmap);
    }

    /// <summary>DMA_LOGGING_REPORT.</summary>
    /// <param name="address">Guest address of a mapping's first byte.</param>
    /// <param name="size">Bytes of it.</param>
    /// <param name="pageSize">Bytes that a bit stands for; a power of two.</param>
    /// <returns>A bit a page, whole words of 64.</returns>
    /// <exception cref="VfioException">The server refuses.</exception>
    public byte[] ReportDirty(ulong address, ulong size, ulong pageSize = 4096)
    {
        var bitmap = new byte[BitmapSize(size, pageSize)];
        Check(TryReportDirty(address, size, pageSize, bitmap), $"DMA_LOGGING_REPORT of 0x{size:x} bytes at 0x{address:x}");
        return bitmap;
    }

    /// <summary>DMA_UNMAP that tells what the device has written since it was reported last.</summary>
    /// <param name="address">Guest address of the first byte.</param>
    /// <param name="size">Bytes; address and size are those of a mapping.</param>
    /// <param name="pageSize">Bytes that a bit stands for; a power of two.</param>
    /// <param name="bitmap">Receives a bit a page, whole words of 64; <see cref="BitmapSize"/> says how many bytes.</param>
    /// <returns>None, or the errno of an error reply: then it is mapped still.</returns>
    public Errno TryUnmapDma(ulong address, ulong size, ulong pageSize, Span<byte> bitmap)
    {
        const int Head = 40;
        Span<byte> payload = Begin(Head);
        WriteUInt32(payload, 0, (uint)(Head + bitmap.Length));
        WriteUInt32(payload, 4, 1);
        WriteUInt64(payload, 8, address);
        WriteUInt64(payload, 16, size);
        WriteUInt64(payload, 24, pageSize);
        WriteUInt64(payload, 32, (ulong)bitmap.Length);
        Errno error = Call(Command.DmaUnmap, out ReadOnlySpan<byte> reply);
        if (error != Errno.None)
            return error;
        Expect(
            reply.Length == Head + bitmap.Length && ReadUInt64(reply, 8) == address && ReadUInt64(reply, 32) == (ulong)bitmap.Length,
            "a DMA_UNMAP reply does not repeat its request and its bitmap's size");
        reply[Head..].CopyTo(bitmap);
        return Errno.None;
    }

    /// <summary>Bytes of a bitmap: whole words of 64 pages.</summary>
    /// <param name="size">Bytes of memory; at least 1.</param>
    /// <param name="pageSize">Bytes that a bit stands for; at least 1.</param>
    public static int BitmapSize(ulong size, ulong pageSize) => (int)((((size - 1) / pageSize / 64) + 1) * 8);
}
